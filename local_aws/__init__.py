"""An AWS inside the checkout: ministack, and the deliveries that it lacks.

Emulated is what this app needs; each module says what it adds. Not emulated: quotas and throughput, networks and
security groups, KMS on data paths, auto scaling, duplicates and reordering, most of AWS's own metrics, metric math and
its alarms, events of AWS's own (a task that stopped), and policies but callers' with AUTH=true (what EventBridge and
Lambda deliver is not checked). Functions, tasks and instances are plain processes of this machine. Nothing was compared
with a real AWS.
"""
