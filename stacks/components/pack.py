"""Which policy packs judge the templates?"""

from enum import StrEnum


class Pack(StrEnum):
    """A policy pack of cdk-nag. The value is what its rules' names begin with."""

    AWS_SOLUTIONS = "AwsSolutions"
    NIST = "NIST.800.53.R5"
    HIPAA = "HIPAA.Security"
    PCI = "PCI.DSS.321"
