import copy
import json
import re
from typing import Any

from tests.infrastructure.assembly import EVENT_SOURCE, Assembly
from tests.infrastructure.policies import as_list, text


def references(value: Any) -> set[str]:
    """All logical ids that a property refers to."""
    if isinstance(value, dict):
        if "Ref" in value:
            return {value["Ref"]}
        if "Fn::GetAtt" in value:
            return {value["Fn::GetAtt"][0]}
        return set().union(*map(references, value.values())) if value else set()
    return set().union(*map(references, value)) if isinstance(value, list) and value else set()


def stack_of(name: str) -> str:
    return name.split("/")[0]


def targets_of_rules(assembly: Assembly) -> list[tuple[str, dict[str, Any]]]:
    rules = assembly.properties("AWS::Events::Rule")
    return [(name, target) for name, rule in rules.items() for target in rule["Targets"]]


def test_every_rule_has_targets(assembly: Assembly) -> None:
    for name, rule in assembly.properties("AWS::Events::Rule").items():
        assert rule["Targets"], name


def test_every_rule_target_that_takes_an_event_retries_as_long_as_eventbridge_can(assembly: Assembly) -> None:
    takers = [(name, target) for name, target in targets_of_rules(assembly) if "EcsParameters" not in target]
    assert takers
    for name, target in takers:
        assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}, name


def test_every_event_whose_rule_starts_a_task_is_in_an_inbox_too(simulation: Assembly) -> None:
    rules = [rule for rule in simulation.properties("AWS::Events::Rule").values() if "EventBusName" in rule]
    starting = [rule for rule in rules if any("EcsParameters" in target for target in rule["Targets"])]
    assert len(starting) == 1
    assert any("InboxQueue" in json.dumps(target["Arn"]) for target in starting[0]["Targets"])


def told_by_alarms(assembly: Assembly) -> set[str]:
    alarms = assembly.properties("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm").values()
    return set().union(*(references(a.get(k, [])) for a in alarms for k in ("AlarmActions", "OKActions")))


def test_every_alarm_may_publish_to_its_topic(assembly: Assembly) -> None:
    admitted = {
        topic
        for policy in assembly.properties("AWS::SNS::TopicPolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow" and statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
        for topic in references(policy["Topics"])
    }
    assert told_by_alarms(assembly) == admitted


def silenced(assembly: Assembly) -> set[str]:
    """The topics of alarms with a key that does not let CloudWatch encrypt.

    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    keys = {name.split("/")[1]: key for name, key in assembly.properties("AWS::KMS::Key").items()}
    topics = {name.split("/")[1]: topic for name, topic in assembly.properties("AWS::SNS::Topic").items()}
    needed = {"kms:Decrypt", "kms:GenerateDataKey*"}
    found = set()
    for topic in told_by_alarms(assembly):
        (key,) = references(topics[topic]["KmsMasterKeyId"])
        statements = keys[key]["KeyPolicy"]["Statement"]
        allowed = [each for each in statements if each["Principal"].get("Service") == "cloudwatch.amazonaws.com"]
        if not any(needed <= set(statement["Action"]) for statement in allowed):
            found.add(topic)
    return found


def test_every_alarms_topic_has_a_key_that_cloudwatch_may_use(assembly: Assembly) -> None:
    assert silenced(assembly) == set()


def test_a_key_that_silences_the_alarms_would_be_found(simulation: Assembly) -> None:
    for key in simulation.properties("AWS::KMS::Key").values():
        kept = key["KeyPolicy"]["Statement"]
        key["KeyPolicy"]["Statement"] = [s for s in kept if s.get("Sid") != "Alarms"]
        found = silenced(simulation)
        key["KeyPolicy"]["Statement"] = kept
        if found:
            break
    assert found == told_by_alarms(simulation)


def test_alarms_do_not_need_the_key_that_they_may_be_about(assembly: Assembly) -> None:
    topics = {name.split("/")[1]: topic for name, topic in assembly.properties("AWS::SNS::Topic").items()}
    queues = assembly.properties("AWS::SQS::Queue").values()
    of_events = set().union(*(references(queue["KmsMasterKeyId"]) for queue in queues))
    of_alarms = set().union(*(references(topics[topic]["KmsMasterKeyId"]) for topic in told_by_alarms(assembly)))
    assert of_alarms
    assert not of_alarms & of_events


def names_rule(arns: Any, rule: str, properties: dict[str, Any]) -> bool:
    """By reference, or, as a policy does that is made before its rule, by name."""
    if "EventBusName" not in properties:
        return rule in references(arns)
    arn = r"arn:(aws|\$\{AWS::Partition\}):events:([\w-]+|\$\{AWS::Region\}):(\d{12}|\$\{AWS::AccountId\}):rule/"
    path = f"{text(properties['EventBusName'])}/{properties['Name']}"
    return any(re.fullmatch(arn + re.escape(path), text(each)) for each in as_list(arns))


def test_every_rule_target_has_a_dead_letter_queue_that_lets_its_rule_in(assembly: Assembly) -> None:
    policies = assembly.properties("AWS::SQS::QueuePolicy")
    rules = assembly.properties("AWS::Events::Rule")
    for name, target in targets_of_rules(assembly):
        (queue,) = references(target["DeadLetterConfig"])
        rule = name.split("/")[1]
        admitted = [
            statement
            for policy in policies.values()
            if queue in references(policy["Queues"])
            for statement in policy["PolicyDocument"]["Statement"]
            if statement["Effect"] == "Allow"
            and statement["Action"] == "sqs:SendMessage"
            and statement["Principal"] == {"Service": "events.amazonaws.com"}
            and names_rule(statement["Condition"]["ArnEquals"]["aws:SourceArn"], rule, rules[name])
        ]
        assert admitted, f"{queue} does not admit the dead letters of {name}"


def needed_by(template: dict[str, Any], logical_id: str) -> set[str]:
    """All that CloudFormation makes before it."""
    found: set[str] = set()
    waiting = {logical_id}
    while waiting:
        resource = template["Resources"].get(waiting.pop(), {})
        new = references(resource.get("Properties", {})) | set(resource.get("DependsOn", []))
        waiting |= new - found
        found |= new
    return found


def rights(template: dict[str, Any], rule: dict[str, Any]) -> set[str]:
    """The policies of whatever its targets and their dead-letter queues are, and of the roles that it takes on.

    A function has a permission for each of its rules.
    """
    involved = references(rule["Targets"])
    holders = {
        "AWS::SQS::QueuePolicy": "Queues",
        "AWS::IAM::Policy": "Roles",
        "AWS::Logs::ResourcePolicy": "PolicyDocument",
        "AWS::Lambda::Permission": "FunctionName",
    }
    found = {
        name: resource
        for name, resource in template["Resources"].items()
        if resource["Type"] in holders and references(resource["Properties"][holders[resource["Type"]]]) & involved
    }
    return {
        name
        for name, resource in found.items()
        if resource["Type"] != "AWS::Lambda::Permission" or names_rule(resource["Properties"]["SourceArn"], name, rule)
    }


def too_early(template: dict[str, Any]) -> dict[str, set[str]]:
    """What each rule of a bus of ours does not wait for."""
    rules = {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Events::Rule" and "EventBusName" in resource["Properties"]
    }
    assert rules
    assert all(rights(template, rule) for rule in rules.values())
    return {name: rights(template, rule) - needed_by(template, name) for name, rule in rules.items()}


def test_every_rule_is_made_after_the_policies_by_which_its_targets_take_events(assembly: Assembly) -> None:
    (targets,) = [template for name, template in assembly.templates.items() if name.endswith("-Targets")]
    assert not any(too_early(targets).values())


def test_a_rule_that_does_not_wait_for_a_policy_would_be_found(simulation: Assembly) -> None:
    (targets,) = [template for name, template in simulation.templates.items() if name.endswith("-Targets")]
    for name, rule in targets["Resources"].items():
        for waited_for in rule.get("DependsOn", []) if name.endswith("OnSimulationBus") else []:
            changed = copy.deepcopy(targets)
            changed["Resources"][name]["DependsOn"].remove(waited_for)
            assert waited_for in too_early(changed)[name]


def test_the_key_of_the_queues_admits_eventbridge(assembly: Assembly) -> None:
    (key,) = [key for name, key in assembly.properties("AWS::KMS::Key").items() if "/AlarmEncryption" not in name]
    admitted = {
        action
        for statement in key["KeyPolicy"]["Statement"]
        if statement["Principal"] == {"Service": "events.amazonaws.com"}
        for action in statement["Action"]
    }
    assert {"kms:Decrypt", "kms:GenerateDataKey"} <= admitted


def test_every_function_keeps_what_it_fails_on(simulation: Assembly) -> None:
    functions = {name for name, _ in simulation.resources("AWS::Lambda::Function")}
    kept = {
        f"{stack_of(name)}/{reference}"
        for name, config in simulation.properties("AWS::Lambda::EventInvokeConfig").items()
        if config["DestinationConfig"]["OnFailure"]
        for reference in references(config["FunctionName"])
    }
    kept |= {
        f"{stack_of(name)}/{reference}"
        for name, mapping in simulation.properties("AWS::Lambda::EventSourceMapping").items()
        if mapping["DestinationConfig"]["OnFailure"] and mapping["BisectBatchOnFunctionError"]
        and mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        for reference in references(mapping["FunctionName"])
    }  # fmt: skip
    assert functions
    assert kept == functions


def test_every_inbox_hands_what_no_worker_can_process_to_a_dead_letter_queue(simulation: Assembly) -> None:
    inboxes = {n: q for n, q in simulation.properties("AWS::SQS::Queue").items() if "InboxQueue" in n}
    assert len(inboxes) == 2
    for name, queue in inboxes.items():
        assert queue["RedrivePolicy"]["maxReceiveCount"] == 5, name
        (letters,) = references(queue["RedrivePolicy"]["deadLetterTargetArn"])
        assert "Unprocessed" in letters


def test_every_queue_takes_what_eventbridge_takes(assembly: Assembly) -> None:
    for name, queue in assembly.properties("AWS::SQS::Queue").items():
        assert queue["MaximumMessageSize"] == 1_048_576, name


def test_no_alarm_holds_back_the_removal_of_what_it_watches(assembly: Assembly) -> None:
    (monitoring,) = [template for name, template in assembly.templates.items() if name.endswith("-Monitoring")]
    assert "Fn::GetStackOutput" in json.dumps(monitoring)
    assert "Fn::ImportValue" not in json.dumps(monitoring["Resources"])


def test_the_partner_bus_is_named_like_its_source_and_retained_and_has_no_policy(partner: Assembly) -> None:
    (bus,) = [r for _, r in partner.resources("AWS::Events::EventBus") if "EventSourceName" in r["Properties"]]
    assert bus["Properties"]["Name"] == bus["Properties"]["EventSourceName"] == EVENT_SOURCE
    assert (bus["DeletionPolicy"], bus["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    assert not list(partner.resources("AWS::Events::EventBusPolicy"))


def test_every_bus_has_an_archive(assembly: Assembly) -> None:
    buses = {name.split("/")[1] for name in assembly.properties("AWS::Events::EventBus")}
    archived = set().union(
        *(references(archive["SourceArn"]) for archive in assembly.properties("AWS::Events::Archive").values())
    )
    assert archived == buses
