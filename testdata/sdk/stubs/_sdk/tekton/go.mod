module github.com/tektoncd/pipeline

go 1.26
