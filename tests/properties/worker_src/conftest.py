"""What do the worker's tests share?"""

from tests.unit.worker_src.conftest import default_signals as default_signals
from tests.unit.worker_src.conftest import lines as lines
from tests.unit.worker_src.conftest import pauses as pauses
