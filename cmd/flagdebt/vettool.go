package main

import (
	"io"
)

// isVetTool reports whether the go command runs us as its vet tool.
func isVetTool(args []string) bool { return false }

func vetTool(args []string, stdout, stderr io.Writer) int { return exitFailed }
