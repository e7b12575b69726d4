//! Content folder -> the paths of its guides, sorted.
