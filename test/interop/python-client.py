"""Lists sessions with grpcio, page by page, and prints one JSON line per session.

Stubs are made from the server's own descriptor set; TLS is used where a certificate is given. Options come as one
JSON object: target, descriptor, ca, key, request. An error is printed as a JSON line with code and message.
"""

import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory


def create_method(options):
    files = descriptor_pb2.FileDescriptorSet()
    with open(options["descriptor"], "rb") as file:
        files.ParseFromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    method = pool.FindServiceByName("core.v1.SessionsService").FindMethodByName("ListSessionsV2")
    unlimited = [("grpc.max_receive_message_length", -1)]
    if options.get("ca"):
        with open(options["ca"], "rb") as file:
            trusted = grpc.ssl_channel_credentials(file.read())
        channel = grpc.secure_channel(options["target"], trusted, unlimited)
    else:
        channel = grpc.insecure_channel(options["target"], unlimited)
    request = message_factory.GetMessageClass(method.input_type)
    response = message_factory.GetMessageClass(method.output_type)
    call = channel.unary_unary(
        "/core.v1.SessionsService/ListSessionsV2",
        request_serializer=request.SerializeToString,
        response_deserializer=response.FromString,
    )
    return call, request


def main():
    options = json.loads(sys.argv[1])
    call, request_class = create_method(options)
    request = json_format.ParseDict(options["request"], request_class())
    try:
        while True:
            page = call(request, metadata=[("x-api-key", options["key"])], timeout=30)
            for session in page.sessions:
                print(json.dumps(json_format.MessageToDict(session)))
            request.cursor = page.list_metadata.next_cursor
            if not request.cursor:
                return
    except grpc.RpcError as error:
        print(json.dumps({"code": error.code().name.lower(), "message": error.details()}))


main()
