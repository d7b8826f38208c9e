from demo.customer import Customer
from local_aws.control import LocalAws


def test_each_local_aws_has_an_assembly_of_its_own_in_the_folder_that_goes_with_it() -> None:
    """The CDK CLI refuses to write one that another CLI is writing: two demos at once."""
    one, other = LocalAws(port=4601), LocalAws(port=4602)
    made = [Customer(aws).cdk(context={})._assembly for aws in (one, other)]
    assert made == [str(aws.log_path.with_name("cdk.out")) for aws in (one, other)]
