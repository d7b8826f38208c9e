"""What else do the templates have, and where is its price?"""

# What costs by the event alone, and what asks for it.
BY_EVENT = {
    "AWS::DynamoDB::Table": "memory.py",
    "AWS::EC2::LaunchTemplate": "its group, at_rest.py",
    "AWS::ECS::Cluster": "its tasks, tasks.py",
    "AWS::ECS::TaskDefinition": "its tasks, tasks.py",
    "AWS::Events::Archive": "by_event.py",
    "AWS::Events::EventBus": "by_event.py",
    "AWS::Lambda::EventSourceMapping": "the calls that it makes, targets.py",
    "AWS::Lambda::Function": "runs.py",
    "AWS::Logs::LogGroup": "runs.py",
    "AWS::SNS::Subscription": "targets.py: e-mail of alerts; alarms call too seldom to count",
    "AWS::SNS::Topic": "targets.py; what alarms say is too little to count",
    "AWS::SQS::Queue": "targets.py; a dead-letter queue costs nothing while nothing fails",
}
_NETWORK = "a VPC costs nothing without NAT gateways, endpoints and addresses; addresses are those of what runs in it"
_PERMISSION = "permissions cost nothing"
FREE = {
    "AWS::EC2::FlowLog": "refused connections alone; its log costs by the line, and is not counted",
    "AWS::EC2::InternetGateway": _NETWORK,
    "AWS::EC2::Route": _NETWORK,
    "AWS::EC2::RouteTable": _NETWORK,
    "AWS::EC2::SecurityGroup": _NETWORK,
    "AWS::EC2::Subnet": _NETWORK,
    "AWS::EC2::SubnetRouteTableAssociation": _NETWORK,
    "AWS::EC2::VPC": _NETWORK,
    "AWS::EC2::VPCGatewayAttachment": _NETWORK,
    "AWS::IAM::InstanceProfile": _PERMISSION,
    "AWS::IAM::ManagedPolicy": _PERMISSION,
    "AWS::IAM::OIDCProvider": _PERMISSION,
    "AWS::IAM::Policy": _PERMISSION,
    "AWS::IAM::Role": _PERMISSION,
    "AWS::Lambda::EventInvokeConfig": "a setting of a function",
    "AWS::Lambda::Permission": _PERMISSION,
    "AWS::Logs::ResourcePolicy": _PERMISSION,
    "AWS::SNS::TopicPolicy": _PERMISSION,
    "AWS::SQS::QueuePolicy": _PERMISSION,
}
