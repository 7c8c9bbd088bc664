"""The texts of agreements, as data: `<kind>.yaml`, in both languages, French first. A new wording is a new version."""
