"""The texts of the sources: anchors, coding, and checks against the copies at hand."""
