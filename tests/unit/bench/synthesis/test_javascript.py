from typing import Any

import pytest

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


def test_a_property_that_python_wrote_is_played_when_javascript_asks_for_it() -> None:
    made = {"api": "create", "fqn": "aws-cdk-lib.Stack", "args": [ref("App@1")], "overrides": [{"property": "zones"}]}
    vpc = {"api": "create", "fqn": "aws-cdk-lib.aws_ec2.Vpc", "args": [ref("Stack@2")], "overrides": []}
    asked = {"objref": ref("Stack@2"), "property": "zones"}
    inner = {"api": "sinvoke", "fqn": "aws-cdk-lib.Fn", "method": "getAzs", "args": []}
    assert statements(
        (made, {"ok": ref("Stack@2")}),
        (vpc, {"callback": {"cbid": "c", "get": asked}}),
        (inner, {"ok": {"result": "all"}}),
        ({"complete": {"cbid": "c", "result": ["one"]}}, {"ok": ref("Vpc@3")}),
    ).splitlines() == [
        """{ const r = overridden(new cdk["aws-cdk-lib"].Stack(o["App@1"]), ["zones"]);""",
        """o["Stack@2"] = r;""",
        "}",
        "callbacks.push(() => {",
        """cdk["aws-cdk-lib"].Fn.getAzs();""",
        """return ["one"];""",
        "});",
        """{ const r = new cdk["aws-cdk-lib"].aws_ec2.Vpc(o["Stack@2"]);""",
        """o["Vpc@3"] = r;""",
        "}",
    ]


def test_a_method_that_python_wrote_is_refused() -> None:
    called = {"api": "invoke", "objref": ref("Rule@2"), "method": "addTarget", "args": []}
    with pytest.raises(NotImplementedError, match="bind"):
        statements((called, {"callback": {"cbid": "c", "invoke": {"method": "bind"}}}))
