# What is done often, a word each; `just` lists them. Recipes make what they need: .test by pip, as the README does, and
# for lowest, newest, pythons and lock with uv, which knows how to resolve otherwise.

bin := justfile_directory() / ".test/bin"
uv := env("UV", "uv")

_default:
    @just --list --unsorted

_test:
    @[ -x {{ bin }}/pytest ] || { python3 -m venv .test && .test/bin/pip install -q -c constraints.txt -e '.[test]'; }

# all that the README's test command runs
check *arguments: _test
    {{ bin }}/pytest {{ arguments }}

# the same without what takes seconds, and with few examples of each rule
fast *arguments: _test
    {{ bin }}/pytest -m 'not slow and not bench' --hypothesis-profile=dev {{ arguments }}

# the catalogs of words, after a message was changed (docs/words.md)
words: _test
    {{ bin }}/pybabel -q extract -F babel.cfg -k N_ -k ngettext:1,2 --no-location --sort-output --no-wrap -o tui/base/locale/filmtui.pot tui
    {{ bin }}/pybabel -q update -i tui/base/locale/filmtui.pot -d tui/base/locale -D filmtui --no-fuzzy-matching --ignore-obsolete --no-wrap
    {{ bin }}/pybabel -q compile -d tui/base/locale -D filmtui
    {{ bin }}/python docs/names.py

# what is made from the code of the documents: tables and man pages, after keys, commands, options or a module's docstring changed
tables: _test
    {{ bin }}/python docs/tables.py
    {{ bin }}/python docs/manual.py

# the pictures of the screen, after a change that is meant
pictures: _test
    {{ bin }}/pytest tests/app/test_snapshots.py --snapshot-update
    {{ bin }}/python docs/picture.py

# how fast it is, beside a bare Textual app: --size 10k, --only paint, --quick
bench *arguments: _test
    {{ bin }}/python -m benchmarks {{ arguments }}

# an environment of its own, made anew
_env name python *how:
    {{ uv }} venv -q --clear --no-python-downloads --python {{ python }} .venvs/{{ name }}
    {{ uv }} pip install -q --python .venvs/{{ name }} {{ how }} -e '.[test]'

_suite name python *how: (_env name python how)
    .venvs/{{ name }}/bin/pytest

# the suite with the lowest versions that pyproject.toml allows
lowest: (_suite "lowest" "3.11" "--resolution lowest-direct")

# the suite with the newest versions that pyproject.toml allows
newest: (_suite "newest" "3.11" "--upgrade")

# the suite on each Python that is found
pythons:
    #!/usr/bin/env bash
    set -uo pipefail
    failed=
    for version in 3.11 3.12 3.13 3.14; do
        if {{ uv }} python find -q --no-python-downloads "$version" >/dev/null 2>&1; then
            echo "Python $version"
            {{ just_executable() }} _suite "$version" "$version" "-c constraints.txt" || failed="$failed $version"
        else
            echo "Python $version: none here"
        fi
    done
    [ -z "$failed" ] || { echo "failed on Python$failed"; exit 1; }

# which lines and branches the suite never runs, child processes counted
cover *arguments: (_env "cover" "3.11" "-c constraints.txt --group dev")
    .venvs/cover/bin/coverage erase
    .venvs/cover/bin/coverage run -m pytest {{ arguments }}
    .venvs/cover/bin/coverage combine -q
    .venvs/cover/bin/coverage report

# uv.lock after pyproject.toml was changed, from the public index alone, and constraints.txt from it; --upgrade for newer
lock *arguments:
    env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
        {{ uv }} lock --no-config --no-python-downloads {{ arguments }}
    {{ uv }} export -q --frozen --all-extras --all-groups --no-hashes --no-annotate --no-header --no-emit-project \
        -o constraints.txt

# a version: its number, the changelog's heading, wheel and sdist in dist/, tried; nothing is published
release version: _test
    {{ bin }}/python docs/release.py {{ version }}
