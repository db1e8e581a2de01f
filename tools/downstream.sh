#!/bin/sh
# Test the wheels of the package and of examples/ in an empty environment, without the source tree.
# Usage: PYTHON=path/to/python tools/downstream.sh DIRECTORY ENVIRONMENT, both made by tools/dist.sh
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
where=$(cd "$1" && pwd)
inside=$(cd "$2" && pwd)/bin/python
# In another directory, so that nothing in the source tree can be imported.
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
for example in eu-2020 city-innovation; do
	"$PYTHON" -m pip wheel --quiet --no-deps --wheel-dir "$elsewhere/wheels" "$root/examples/$example"
	cp -R "$root/examples/$example/tests" "$elsewhere/tests-$example"
done
# By path, because an index may have other packages of these names.
wheel=$(ls "$where"/innovation_plans-*.whl)
"$PYTHON" -m pip --python "$inside" install --quiet "innovation-plans[cli,testing] @ file://$wheel" \
	"$elsewhere"/wheels/*.whl pytest mypy
cd "$elsewhere"
"$inside" -m mypy --strict --package eu_2020 --package city_innovation
"$inside" -m mypy --strict tests-eu-2020 tests-city-innovation "$root/tests/typing/api.py"
"$inside" -m pytest -q -p no:cacheprovider -W error --import-mode=importlib tests-eu-2020 tests-city-innovation
