// Lists sessions with the official Go SDK, page by page, and prints one JSON line per session, its protobuf
// JSON form:
//
//	go run . -base-url http://127.0.0.1:4010 -api-key formal-mock-key -limit 100 -query ""
//
// An error is printed as a JSON line with code and message, and ends the program with status 1.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"

	"connectrpc.com/connect"
	formal "github.com/formalco/go-sdk/v3"
	corev1 "github.com/formalco/go-sdk/v3/core/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

func main() {
	baseURL := flag.String("base-url", "http://127.0.0.1:4010", "where the API is")
	apiKey := flag.String("api-key", "formal-mock-key", "key")
	limit := flag.Int("limit", 100, "sessions per page")
	query := flag.String("query", "", "filter")
	pages := flag.Int("pages", 0, "stop after so many pages; 0 walks to the end")
	cursor := flag.String("cursor", "", "where to start")
	start := flag.String("start", "", "startTimestamp")
	flag.Parse()
	out := json.NewEncoder(os.Stdout)
	client, err := formal.New(formal.WithAPIKey(*apiKey), formal.WithBaseURL(*baseURL))
	if err != nil {
		fail(out, err)
	}
	for page := 1; ; page++ {
		answer, err := client.SessionsServiceClient.ListSessionsV2(context.Background(), &corev1.ListSessionsV2Request{
			Limit:          int32(*limit),
			Query:          *query,
			StartTimestamp: *start,
			Cursor:         *cursor,
		})
		if err != nil {
			fail(out, err)
		}
		for _, session := range answer.GetSessions() {
			text, err := protojson.Marshal(session)
			if err != nil {
				fail(out, err)
			}
			out.Encode(json.RawMessage(text))
		}
		*cursor = answer.GetListMetadata().GetNextCursor()
		if *cursor == "" || page == *pages {
			return
		}
	}
}

func fail(out *json.Encoder, err error) {
	message := err.Error()
	var connectErr *connect.Error
	if errors.As(err, &connectErr) {
		message = connectErr.Message()
	}
	out.Encode(map[string]string{"code": connect.CodeOf(err).String(), "message": message})
	os.Exit(1)
}
