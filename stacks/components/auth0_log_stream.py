"""How does a deployment make the log stream in an Auth0 tenant?"""

from aws_cdk import Aws, CfnOutput, CustomResource, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct, IConstruct

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX
from stacks.components.acknowledgment import acknowledge
from stacks.components.event_function import EventFunction
from stacks.components.pack import Pack
from stacks.settings import Settings

SOURCES = f"event-source/{PARTNER_SOURCE_PREFIX}*"
TIMEOUT = Duration.minutes(5)
# Longer than the function lives, and far less than the hour that CloudFormation would wait for an answer:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
SERVICE_TIMEOUT = Duration.minutes(6)


class Auth0LogStream(Construct):
    """A log stream of the tenant that `settings.auth0_secret` opens, to this account and region.

    A function of our own behind a custom resource (docs/adr/0009). `event_source_name` is the partner event source's,
    which EventBridge shows by the time CloudFormation knows it.
    """

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.function = EventFunction(
            self,
            "Function",
            name="log_stream",
            description="Makes and keeps the log stream in the Auth0 tenant, for CloudFormation",
            timeout=TIMEOUT,
            encryption_key=encryption_key,
            log_days=settings.log_days,
            metrics_namespace=settings.metrics_namespace,
            calls="AWS's own APIs and Auth0's",
            is_granted_key=False,
        )
        secret = settings.auth0_secret or ""
        self._grant(secret)
        once = self._call_once()
        self.resource = CustomResource(
            self,
            "Resource",
            resource_type="Custom::Auth0LogStream",
            service_token=self.function.function.function_arn,
            service_timeout=SERVICE_TIMEOUT,
            properties={
                "SecretName": secret,
                # Of one deployment alone: several may have streams in one tenant.
                "Name": settings.auth0_stream_name
                or f"auth0-events-{settings.environment}-{Aws.ACCOUNT_ID}-{Aws.REGION}",
                "AccountId": Aws.ACCOUNT_ID,
                "Region": Aws.REGION,
                "Filters": sorted(settings.auth0_filters),
                "Status": settings.auth0_status,
                "IsPriority": settings.auth0_priority,
                **({"StartFrom": settings.auth0_start_from} if settings.auth0_start_from else {}),
                "OnDelete": settings.auth0_on_delete,
                "AllowReplacement": settings.allow_stream_replacement,
            },
        )
        self.resource.node.add_dependency(once)  # or its first request would be tried twice more
        CfnOutput(Stack.of(self), "LogStreamId", value=self.resource.ref)

    @property
    def event_source_name(self) -> str:
        return self.resource.get_att_string("EventSourceName")

    def _grant(self, secret: str) -> None:
        """Hand-written: aws-cdk's grant for a secret allows to describe it too, and it has none for event sources.

        The end of a secret's ARN is six characters by chance:
        https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
        """
        by_name = f"arn:{Aws.PARTITION}:secretsmanager:{Aws.REGION}:{Aws.ACCOUNT_ID}:secret:{secret}-??????"
        arn = secret if secret.startswith("arn:") else by_name
        # What its name begins with is known before the stream is made; the tenant and a UUID are not.
        sources = f"arn:{Aws.PARTITION}:events:{Aws.REGION}::{SOURCES}"
        function = self.function.function
        function.add_to_role_policy(iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn]))
        function.add_to_role_policy(iam.PolicyStatement(actions=["events:DescribeEventSource"], resources=[sources]))
        rule = f"IAM5[Resource::arn:<AWS::Partition>:events:<AWS::Region>::{SOURCES}]"
        reason = "it may ask for the state of Auth0's event sources: the new one's name is known only afterwards"
        acknowledge(self.function, rule, Pack.AWS_SOLUTIONS, reason=reason)

    def _call_once(self) -> IConstruct:
        """CloudFormation calls asynchronously, and Lambda would call again after it has given up.

        A stream that nobody waits for would be the result. What fails, CloudFormation says itself.
        https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
        """
        self.function.function.configure_async_invoke(retry_attempts=0, max_event_age=SERVICE_TIMEOUT)
        reason = "CloudFormation itself tells of a request that got no answer, and no event of Auth0's is in it"
        acknowledge(self.function.function, "LambdaDLQ", Pack.NIST, Pack.HIPAA, reason=reason)
        return self.function.function.node.find_child("EventInvokeConfig")
