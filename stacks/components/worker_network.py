"""In which network do the ECS task and the EC2 instance run?"""

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.checks import InvalidSettings
from stacks.components.acknowledgment import acknowledge, acknowledge_inline_policy
from stacks.components.encrypted_log_group import EncryptedLogGroup
from stacks.components.pack import Pack
from stacks.components.service_role import service_role


class WorkerNetwork(Construct):
    """A VPC, and a security group with no way in and HTTPS as the only way out.

    The VPC is `vpc_id`, or a small one with public subnets and no NAT gateway: workers reach SQS, DynamoDB, ECR and
    Systems Manager through the internet gateway for the price of a public address while they run (docs/costs.md).
    """

    def __init__(
        self, scope: Construct, id_: str, *, vpc_id: str | None, encryption_key: kms.IKey, log_days: int
    ) -> None:
        super().__init__(scope, id_)
        if vpc_id:
            self.vpc: ec2.IVpc = ec2.Vpc.from_lookup(self, "Vpc", vpc_id=vpc_id)
        else:
            flow_logs = EncryptedLogGroup(self, "FlowLogs", encryption_key=encryption_key, log_days=log_days)
            self.vpc = small_vpc(self, flow_logs.log_group)
        self.is_public = vpc_id is None
        self.security_group = ec2.SecurityGroup(
            self, "Workers", vpc=self.vpc, allow_all_outbound=False, description="Workers: no way in, HTTPS out"
        )
        self.security_group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "AWS services")
        # those with a way out through a NAT gateway, in a VPC of the user's own
        self.subnets = self.vpc.public_subnets if self.is_public else self.vpc.private_subnets
        if not self.subnets:
            raise InvalidSettings(f"vpc_id is {vpc_id}, which has no private subnet with a way out; workers need one")
        self.subnet_ids = [subnet.subnet_id for subnet in self.subnets]


def small_vpc(scope: Construct, flow_logs: logs.ILogGroup) -> ec2.Vpc:
    role = service_role(scope, "FlowLogsRole", service="vpc-flow-logs.amazonaws.com", source="ec2:vpc-flow-log/*")
    acknowledge_inline_policy(role, grants="write refused connections to the flow log")
    vpc = ec2.Vpc(
        scope,
        "Vpc",
        max_azs=2,
        nat_gateways=0,
        subnet_configuration=[
            ec2.SubnetConfiguration(
                name="Workers",
                subnet_type=ec2.SubnetType.PUBLIC,
                cidr_mask=24,
                # A worker asks for its address itself; nothing else that is started here gets one.
                map_public_ip_on_launch=False,
            )
        ],
        # Acknowledged below.
        restrict_default_security_group=False,
        flow_logs={
            "Rejected": ec2.FlowLogOptions(
                destination=ec2.FlowLogDestination.to_cloud_watch_logs(flow_logs, role),
                traffic_type=ec2.FlowLogTrafficType.REJECT,
            )
        },
    )
    acknowledge(
        vpc,
        "VPCDefaultSecurityGroupClosed",
        Pack.NIST,
        Pack.HIPAA,
        Pack.PCI,
        reason="nothing is in it: workers have a group of their own; closing it would take a custom resource",
    )
    for subnet in vpc.public_subnets:
        acknowledge(
            subnet,
            "VPCNoUnrestrictedRouteToIGW",
            Pack.NIST,
            Pack.HIPAA,
            Pack.PCI,
            reason="how workers reach AWS without a paid NAT gateway; nobody can call them (`vpc_id`: your own VPC)",
        )
    return vpc
