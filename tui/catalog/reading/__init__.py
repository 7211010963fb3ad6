"""YAML into films."""
