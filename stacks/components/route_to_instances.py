"""How does an event reach an EC2 instance without being lost?"""

import json
from collections.abc import Mapping
from textwrap import dedent
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct, IDependable

from stacks.components.acknowledgment import acknowledge, acknowledge_inline_policy
from stacks.components.encrypted_log_group import EncryptedLogGroup
from stacks.components.idempotency_table import IdempotencyTable
from stacks.components.inbox_queue import InboxQueue
from stacks.components.pack import Pack
from stacks.components.session_manager import allow_session_manager
from stacks.components.worker_network import WorkerNetwork
from stacks.components.worker_program import worker_source

LOG_FILE = "/var/log/auth0-events/worker.log"
PROGRAM = "/opt/auth0-events/worker.py"
AGENT_CONFIG = "/opt/auth0-events/cloudwatch-agent.json"
LOG_ROTATION = LOG_FILE + " {\n  size 50M\n  rotate 2\n  copytruncate\n  missingok\n}"


class RouteToInstances(Construct):
    """An auto-scaling group of one small instance whose worker polls an inbox queue.

    EventBridge has no target for a program on an instance: rebooting and stopping ones are all it can do. A queue
    holds any volume, and an instance that dies loses nothing. No inbound port and no key pair: Session Manager.
    """

    def __init__(
        self, scope: Construct, id_: str, *, network: WorkerNetwork, encryption_key: kms.IKey, log_days: int
    ) -> None:
        super().__init__(scope, id_)
        self.inbox = InboxQueue(self, "Inbox", encryption_key=encryption_key)
        self.processed = IdempotencyTable(self, "Processed", encryption_key=encryption_key)
        self.log_group = EncryptedLogGroup(self, "Logs", encryption_key=encryption_key, log_days=log_days).log_group
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
        allow_session_manager(self.role)
        acknowledge_inline_policy(
            self.role, grants="read its inbox, remember what it processed and write to its log group"
        )
        self.inbox.queue.grant_consume_messages(self.role)
        self.processed.grant(self.role, "dynamodb:GetItem", "dynamodb:PutItem")
        self.log_group.grant_write(self.role)
        self.group = autoscaling.AutoScalingGroup(
            self,
            "Group",
            vpc=network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnets=network.subnets),
            launch_template=self._launch_template(network),
            min_capacity=1,
            max_capacity=1,
            # A changed worker replaces the instance; the inbox keeps what arrives meanwhile.
            update_policy=autoscaling.UpdatePolicy.rolling_update(max_batch_size=1, min_instances_in_service=0),
        )
        acknowledge(
            self.group,
            "AS3",
            Pack.AWS_SOLUTIONS,
            reason="what matters about the instance is that it reads: the inbox has an alarm",
        )
        if network.is_public:
            # CloudFormation sees no reason to make the way out first, or to remove it last. The subnets' know of their
            # routes and of the gateway's attachment; the VPC's own would be the gateway alone.
            ways_out = [subnet.internet_connectivity_established for subnet in network.subnets]
            self.group.node.add_dependency(*ways_out)

    @property
    def targets(self) -> list[dict[str, Any]]:
        return self.inbox.targets

    def let_in(self, rules: Mapping[str, str]) -> list[IDependable]:
        return self.inbox.let_in(rules)

    def _launch_template(self, network: WorkerNetwork) -> ec2.LaunchTemplate:
        return ec2.LaunchTemplate(
            self,
            "Template",
            machine_image=ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64),
            # dnf does not fit into the 512 MiB of a t4g.nano
            instance_type=ec2.InstanceType("t4g.micro"),
            role=self.role,
            security_group=network.security_group,
            associate_public_ip_address=network.is_public,
            http_tokens=ec2.LaunchTemplateHttpTokens.REQUIRED,
            http_put_response_hop_limit=1,
            block_devices=[
                ec2.BlockDevice(
                    device_name="/dev/xvda",
                    volume=ec2.BlockDeviceVolume.ebs(8, encrypted=True, volume_type=ec2.EbsDeviceVolumeType.GP3),
                )
            ],
            user_data=ec2.UserData.custom(self._user_data()),
        )

    def _user_data(self) -> str:
        files = {
            PROGRAM: worker_source(),
            "/etc/systemd/system/auth0-events-worker.service": self._unit(),
            "/etc/logrotate.d/auth0-events": LOG_ROTATION,
            AGENT_CONFIG: self._agent_config(),
        }
        write_files = "".join(
            f"cat > {path} <<'END_OF_FILE'\n{text.rstrip()}\nEND_OF_FILE\n" for path, text in files.items()
        )
        return (
            "#!/bin/bash\nset -euo pipefail\n"
            # the network may be up later than this script, and nothing would start it again
            "until dnf install --assumeyes python3-boto3 amazon-cloudwatch-agent; do\n"
            "  sleep 10\n"
            "done\n"
            "useradd --system --no-create-home --shell /sbin/nologin auth0-events\n"
            "mkdir --parents /opt/auth0-events /var/log/auth0-events\n"
            f"{write_files}"
            "systemctl enable --now auth0-events-worker.service\n"
            "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl "
            f"-a fetch-config -m ec2 -s -c file:{AGENT_CONFIG}\n"
        )

    def _unit(self) -> str:
        return dedent(f"""\
            [Unit]
            Description=Reads Auth0 events from the inbox queue
            Wants=network-online.target
            After=network-online.target

            [Service]
            User=auth0-events
            Environment=QUEUE_URL={self.inbox.queue.queue_url}
            Environment=PROCESSED_TABLE={self.processed.table.table_name}
            Environment=AWS_DEFAULT_REGION={Stack.of(self).region}
            ExecStart=/usr/bin/python3 {PROGRAM} poll
            StandardOutput=append:{LOG_FILE}
            StandardError=inherit
            Restart=always
            RestartSec=5
            TimeoutStopSec=60
            NoNewPrivileges=true
            ProtectSystem=strict
            ProtectHome=true
            PrivateTmp=true

            [Install]
            WantedBy=multi-user.target
            """)

    def _agent_config(self) -> str:
        collected = {
            "file_path": LOG_FILE,
            "log_group_name": self.log_group.log_group_name,
            "log_stream_name": "{instance_id}",
        }
        return json.dumps({"logs": {"logs_collected": {"files": {"collect_list": [collected]}}}}, indent=2)
