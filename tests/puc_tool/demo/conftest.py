import pytest

from puc_tool.demo.city import make_city


@pytest.fixture(scope="session")
def city():
    return make_city()
