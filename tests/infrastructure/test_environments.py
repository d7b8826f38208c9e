"""What does an environment keep, and what is it known by?"""

from stacks.components.stateful import PROTECTED, STATEFUL
from tests.infrastructure.assembly import Assembly
from tests.infrastructure.schemas import tags_property

TAGS = {"project", "environment"}
KEPT = ("Retain", "RetainExceptOnCreate")
# Made anew, they are what they were; a new type of resource belongs here or into STATEFUL.
STATELESS = {
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::EC2::FlowLog",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::LaunchTemplate",
    "AWS::EC2::Route",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::Subnet",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::ECS::Cluster",
    "AWS::ECS::TaskDefinition",
    "AWS::Events::Rule",
    "AWS::IAM::InstanceProfile",
    "AWS::IAM::OIDCProvider",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Logs::ResourcePolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "Custom::Auth0LogStream",  # keeps the stream in the tenant by itself: auth0_on_delete
}


def test_every_type_of_resource_is_known_to_hold_something_or_not(assembly: Assembly) -> None:
    types = {resource["Type"] for _, resource in assembly.resources()}
    assert types - STATELESS - set(STATEFUL) == set()


def test_production_retains_everything_that_holds_something(production: Assembly) -> None:
    kept = dict(production.resources(*STATEFUL))
    assert {resource["Type"] for resource in kept.values()} == set(STATEFUL)
    for name, resource in kept.items():
        assert resource["DeletionPolicy"] in KEPT, name
        assert resource["UpdateReplacePolicy"] == "Retain", name


def test_production_protects_what_can_be_protected(production: Assembly) -> None:
    """What refuses to be deleted is retained of a failed first deployment too: CloudFormation could not roll back."""
    for name, resource in production.resources(*PROTECTED):
        assert resource["Properties"]["DeletionProtectionEnabled"] is True, name
        assert resource["DeletionPolicy"] == "Retain", name
    assert production.stacks
    for name, stack in production.stacks.items():
        assert stack["terminationProtection"] is True, name


def test_production_has_no_sender(production: Assembly) -> None:
    assert not [name for name in production.templates if name.endswith("-Sender")]
    assert "SimulationBus" not in str(production.templates)


def test_an_environment_that_comes_and_goes_leaves_nothing(simulation: Assembly) -> None:
    for name, resource in simulation.resources(*STATEFUL):
        assert resource.get("DeletionPolicy", "Delete") == "Delete", name
        assert "DeletionProtectionEnabled" not in resource["Properties"], name
    for name, stack in simulation.stacks.items():
        assert not stack.get("terminationProtection"), name


def untagged(assembly: Assembly) -> list[str]:
    """What takes tags, and tells not its project and environment."""
    found = []
    for name, resource in assembly.resources():
        if field := tags_property(resource["Type"]):
            tags = resource.get("Properties", {}).get(field, [])
            keys = {tag["Key"] for tag in tags} if isinstance(tags, list) else set(tags)
            if not keys >= TAGS:
                found.append(name)
    return found


def test_everything_that_takes_tags_tells_its_project_and_environment(assembly: Assembly) -> None:
    assert untagged(assembly) == []


def test_a_resource_without_tags_would_be_found(simulation: Assembly) -> None:
    (name, queue), *_ = simulation.resources("AWS::SQS::Queue")
    bare = {**queue, "Properties": {**queue["Properties"], "Tags": [{"Key": "project", "Value": "x"}]}}
    template = {"Resources": {"Queue": bare, "Plain": {"Type": "AWS::SNS::Topic"}}}
    assert untagged(Assembly(simulation.directory, {"S": template}, [])) == ["S/Queue", "S/Plain"]
    assert name


def test_every_stack_and_what_a_launch_template_starts_is_tagged(simulation: Assembly) -> None:
    for name, stack in simulation.stacks.items():
        assert set(stack["tags"]) == TAGS, name
    (template,) = simulation.properties("AWS::EC2::LaunchTemplate").values()
    tagged = {
        each["ResourceType"]: {tag["Key"] for tag in each["Tags"]}
        for each in template["LaunchTemplateData"]["TagSpecifications"]
    }
    assert tagged.keys() >= {"instance", "volume"}
    for keys in tagged.values():
        assert keys >= TAGS
