// Lists sessions with connect-go, the library under the official Go SDK, in any protocol, and prints one JSON line
// per session, its protobuf JSON form. Message types come from the server's own descriptor set:
//
//	go run . -base-url http://127.0.0.1:4010 -api-key formal-mock-key -descriptor descriptor.binpb -protocol grpc
//
// An error is printed as a JSON line with code and message, and ends the program with status 1.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

const procedure = "/core.v1.SessionsService/ListSessionsV2"

type message = dynamicpb.Message

func main() {
	baseURL := flag.String("base-url", "http://127.0.0.1:4010", "where the API is")
	apiKey := flag.String("api-key", "formal-mock-key", "key")
	limit := flag.Int("limit", 100, "sessions per page")
	query := flag.String("query", "", "filter")
	descriptor := flag.String("descriptor", "", "file with the encoded FileDescriptorSet")
	cursor := flag.String("cursor", "", "where to start")
	start := flag.String("start", "", "startTimestamp")
	ca := flag.String("ca", "", "PEM file of the certificate to trust, for https")
	protocol := flag.String("protocol", "connect", "connect, connect-json, connect-get, connect-gzip, grpc or grpc-web")
	flag.Parse()
	out := json.NewEncoder(os.Stdout)
	method, err := loadMethod(*descriptor)
	if err != nil {
		fail(out, err)
	}
	transport, err := httpClient(*protocol, *ca)
	if err != nil {
		fail(out, err)
	}
	client := connect.NewClient[message, message](transport, *baseURL+procedure, clientOptions(*protocol, method)...)
	if err := walk(out, client, method, walkOptions{*apiKey, *limit, *query, *start, *cursor}); err != nil {
		fail(out, err)
	}
}

type walkOptions struct {
	apiKey string
	limit  int
	query  string
	start  string
	cursor string
}

func walk(out *json.Encoder, client *connect.Client[message, message], method protoreflect.MethodDescriptor, options walkOptions) error {
	for cursor := options.cursor; ; {
		body := dynamicpb.NewMessage(method.Input())
		set(body, "limit", protoreflect.ValueOfInt32(int32(options.limit)))
		set(body, "query", protoreflect.ValueOfString(options.query))
		set(body, "start_timestamp", protoreflect.ValueOfString(options.start))
		set(body, "cursor", protoreflect.ValueOfString(cursor))
		request := connect.NewRequest(body)
		request.Header().Set("X-Api-Key", options.apiKey)
		response, err := client.CallUnary(context.Background(), request)
		if err != nil {
			return err
		}
		sessions := get(response.Msg, "sessions").List()
		for index := range sessions.Len() {
			session, err := protojson.Marshal(sessions.Get(index).Message().Interface())
			if err != nil {
				return err
			}
			out.Encode(json.RawMessage(session))
		}
		cursor = get(get(response.Msg, "list_metadata").Message(), "next_cursor").String()
		if cursor == "" {
			return nil
		}
	}
}

func loadMethod(path string) (protoreflect.MethodDescriptor, error) {
	bytes, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(bytes, set); err != nil {
		return nil, err
	}
	files, err := protodesc.NewFiles(set)
	if err != nil {
		return nil, err
	}
	service, err := files.FindDescriptorByName("core.v1.SessionsService")
	if err != nil {
		return nil, err
	}
	method := service.(protoreflect.ServiceDescriptor).Methods().ByName("ListSessionsV2")
	if method == nil {
		return nil, fmt.Errorf("no ListSessionsV2 in %s", path)
	}
	return method, nil
}

func httpClient(protocol, ca string) (*http.Client, error) {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(protocol != "grpc")
	protocols.SetHTTP2(ca != "")
	protocols.SetUnencryptedHTTP2(protocol == "grpc")
	transport := &http.Transport{Protocols: protocols}
	if ca != "" {
		pem, err := os.ReadFile(ca)
		if err != nil {
			return nil, err
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(pem)
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	return &http.Client{Transport: transport}, nil
}

func clientOptions(protocol string, method protoreflect.MethodDescriptor) []connect.ClientOption {
	options := []connect.ClientOption{
		connect.WithSchema(method),
		connect.WithIdempotency(connect.IdempotencyNoSideEffects),
		connect.WithResponseInitializer(func(_ connect.Spec, target any) error {
			*target.(*message) = *dynamicpb.NewMessage(method.Output())
			return nil
		}),
	}
	switch protocol {
	case "connect-json":
		options = append(options, connect.WithProtoJSON())
	case "connect-get":
		options = append(options, connect.WithHTTPGet())
	case "connect-gzip":
		options = append(options, connect.WithSendGzip())
	case "grpc":
		options = append(options, connect.WithGRPC())
	case "grpc-web":
		options = append(options, connect.WithGRPCWeb())
	}
	return options
}

func set(target protoreflect.Message, name string, value protoreflect.Value) {
	target.Set(target.Descriptor().Fields().ByName(protoreflect.Name(name)), value)
}

func get(source protoreflect.Message, name string) protoreflect.Value {
	return source.Get(source.Descriptor().Fields().ByName(protoreflect.Name(name)))
}

func fail(out *json.Encoder, err error) {
	text := err.Error()
	var connectErr *connect.Error
	if errors.As(err, &connectErr) {
		text = connectErr.Message()
	}
	out.Encode(map[string]string{"code": connect.CodeOf(err).String(), "message": text})
	os.Exit(1)
}
