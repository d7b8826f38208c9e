from typing import Any

from bench.synthesis.javascript import BEGINNING, program


def statements(*exchanges: tuple[dict[str, Any], dict[str, Any]]) -> str:
    return program(exchanges).removeprefix(BEGINNING)


def ref(name: str) -> dict[str, str]:
    return {"$jsii.byref": name}


def test_what_one_call_answers_is_what_a_later_one_is_given() -> None:
    made = {"api": "create", "fqn": "aws-cdk-lib.aws_sqs.Queue", "args": [ref("Stack@1"), "Q"], "overrides": []}
    asked = {"api": "get", "objref": ref("Queue@2"), "property": "queueArn"}
    used = {"api": "invoke", "objref": ref("Stack@1"), "method": "say", "args": ["on ${Token[TOKEN.7]}!"]}
    assert statements(
        (made, {"ok": ref("Queue@2")}),
        (asked, {"ok": {"value": "${Token[TOKEN.7]}"}}),
        (used, {"ok": {"result": None}}),
    ).splitlines() == [
        """{ const r = new cdk["aws-cdk-lib"].aws_sqs.Queue(o["Stack@1"], "Q");""",
        """o["Queue@2"] = r;""",
        "}",
        """{ const r = o["Queue@2"].queueArn;""",
        r"""t["${Token[TOKEN.7]}"] = r.match(/[$#]\{Token\[[^\]]*\]\}/g)[0];""",
        "}",
        """o["Stack@1"].say("on " + t["${Token[TOKEN.7]}"] + "!");""",
    ]


def test_a_struct_is_an_object_without_what_was_left_out() -> None:
    struct = {"$jsii.struct": {"fqn": "aws-cdk-lib.Props", "data": {"days": 3.0, "name": None, "on": [True]}}}
    enum = {"$jsii.enum": "aws-cdk-lib.RemovalPolicy/DESTROY"}
    set_ = {"api": "sset", "fqn": "aws-cdk-lib.Thing", "property": "props", "value": struct}
    call = {"api": "sinvoke", "fqn": "aws-cdk-lib.Thing", "method": "of", "args": [{"$jsii.map": {"k": enum}}]}
    assert statements((set_, {"ok": {}}), (call, {"ok": {"result": None}})).splitlines() == [
        """cdk["aws-cdk-lib"].Thing.props = {"days": 3.0, "on": [true]};""",
        """cdk["aws-cdk-lib"].Thing.of({"k": cdk["aws-cdk-lib"].RemovalPolicy.DESTROY});""",
    ]


def test_a_method_that_python_wrote_is_played_when_javascript_calls_it() -> None:
    made = {"api": "create", "fqn": "Object", "args": [], "overrides": [{"method": "bind"}]}
    invoke = {"objref": ref("Object@1"), "method": "bind", "args": [ref("Rule@3")]}
    called = {"api": "invoke", "objref": ref("Rule@2"), "method": "addTarget", "args": [ref("Object@1")]}
    inner = {"api": "get", "objref": ref("Rule@3"), "property": "ruleArn"}
    assert statements(
        (made, {"ok": ref("Object@1")}),
        (called, {"callback": {"cbid": "c", "invoke": invoke}}),
        (inner, {"ok": {"value": "arn"}}),
        ({"complete": {"cbid": "c", "result": "bound"}}, {"ok": {"result": None}}),
    ).splitlines() == [
        "{ const r = ({bind: (...a) => callbacks.shift()(...a)});",
        """o["Object@1"] = r;""",
        "}",
        "callbacks.push((...a) => {",
        """o["Rule@3"] = a[0];""",
        """o["Rule@3"].ruleArn;""",
        """return "bound";""",
        "});",
        """o["Rule@2"].addTarget(o["Object@1"]);""",
    ]
