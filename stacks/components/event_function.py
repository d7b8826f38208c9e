"""How does this app configure a Lambda function?"""

from collections.abc import Mapping
from typing import cast

from aws_cdk import Annotations, CfnResource, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from stacks.components.acknowledgment import acknowledge, acknowledge_inline_policy, acknowledge_key_grants
from stacks.components.encrypted_log_group import EncryptedLogGroup
from stacks.components.function_code import function_code
from stacks.components.pack import Pack
from stacks.components.runtime_bytecode import compiler

# The Python of runtime_bytecode.py. Until 2029-06-30: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
RUNTIME = lambda_.Runtime.PYTHON_3_14
# MB, with which Lambda gives CPU in proportion: of the sizes that docs/adr/0010 measures, where an event of sender and
# activity costs least, and the alert starts and the stream is read in half the time of the next smaller one.
MEMORY = 1024


class EventFunction(Construct):
    """The Python function `lambda_src/<name>/handler.py`, with a role and an encrypted log group of its own."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        description: str,
        timeout: Duration,
        encryption_key: kms.IKey,
        log_days: int,
        metrics_namespace: str,
        environment: Mapping[str, str] | None = None,
        calls: str = "AWS's own APIs",
        is_granted_key: bool = True,
    ) -> None:
        """`is_granted_key`: whether grants for an encrypted queue or table will let it use the key."""
        super().__init__(scope, id_)
        self.log_group = EncryptedLogGroup(self, "Logs", encryption_key=encryption_key, log_days=log_days).log_group
        # A role of our own: the one that Function would make may write to every log group of the account.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.log_group.grant_write(role)
        self.function = lambda_.Function(
            self,
            "Function",
            description=description,
            runtime=RUNTIME,
            architecture=lambda_.Architecture.ARM_64,
            handler=f"lambda_src.{name}.handler.handler",
            code=lambda_.Code.from_asset(str(function_code(name))),
            role=role,
            memory_size=MEMORY,
            timeout=timeout,
            log_group=self.log_group,
            environment={
                "POWERTOOLS_SERVICE_NAME": name,
                "POWERTOOLS_METRICS_NAMESPACE": metrics_namespace,
                **(environment or {}),
            },
        )
        self._tell_of_missing_bytecode()
        self._depend_on_policy_alone(role)
        self._acknowledge(role, calls=calls)
        if is_granted_key:
            acknowledge_key_grants(role, "kms:GenerateDataKey*", "kms:ReEncrypt*")

    def _tell_of_missing_bytecode(self) -> None:
        if compiler() is None:
            Annotations.of(Stack.of(self)).add_warning_v2(
                "auth0-events:no-bytecode",
                "the functions' assets have no bytecode: they start slower, and differ from those of who has run "
                "`npm ci` in the checkout, as `make setup` does",
            )

    def _depend_on_policy_alone(self, role: iam.Role) -> None:
        """aws-cdk makes the function wait for its role too, which the role's ARN says already (cfn-lint W3005)."""
        policy = cast("CfnResource", role.node.find_child("DefaultPolicy").node.default_child)
        function = cast("CfnResource", self.function.node.default_child)
        function.add_override("DependsOn", [Stack.of(self).get_logical_id(policy)])

    def _acknowledge(self, role: iam.Role, *, calls: str) -> None:
        acknowledge_inline_policy(role, grants="write to its function's log group, and what that function was granted")
        acknowledge(
            self.function,
            "LambdaInsideVPC",
            Pack.NIST,
            Pack.HIPAA,
            Pack.PCI,
            reason=f"it calls {calls} alone, over TLS; from inside a VPC each would need a paid endpoint",
        )
        # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, configuration-concurrency.html
        acknowledge(
            self.function,
            "LambdaConcurrency",
            Pack.NIST,
            Pack.HIPAA,
            reason="a new account can have too small a quota to reserve any of it: the deployment would fail",
        )
