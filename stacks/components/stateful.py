"""Which types of resource hold events, remember them, or are needed to read them?"""

# A test finds a type that should be here.
HOLDS_EVENTS = (
    "AWS::Events::Archive",
    "AWS::Events::EventBus",
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::SQS::Queue",
)
# These refuse to be deleted besides, whoever asks.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
PROTECTED = ("AWS::DynamoDB::Table", "AWS::Logs::LogGroup")
STATEFUL = HOLDS_EVENTS + PROTECTED
