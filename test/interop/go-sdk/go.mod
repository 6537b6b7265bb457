module formal-mock/test/interop/go-sdk

go 1.25.0

require github.com/formalco/go-sdk/v3 v3.0.3
