"""The code of the Lambda functions, under the one import name that stacks, tests and the Lambda runtime use."""
