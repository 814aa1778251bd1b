// Driver for the C# SDK (protocol 1): one JSON line in, one out. It reports; the harness judges.
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pinecone;

JsonObject Sdk()
{
    var assembly = typeof(PineconeClient).Assembly;
    var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
    return new JsonObject
    {
        ["name"] = "Pinecone.Client",
        // What follows "+" is the commit, which is no part of the version.
        ["version"] = version.Split('+')[0],
        ["source"] = "informational version of the assembly",
    };
}

JsonObject Exposed(JsonNode? value, string? via) => new() { ["value"] = value, ["via"] = via };

JsonObject Raised(Exception thrown)
{
    var lineage = new JsonArray();
    for (var type = thrown.GetType(); type != null && type != typeof(object); type = type.BaseType) lineage.Add(type.FullName);
    var causes = new JsonArray();
    for (var at = thrown.InnerException; at != null && causes.Count < 8; at = at.InnerException)
    {
        causes.Add(new JsonObject { ["class"] = at.GetType().FullName, ["message"] = at.Message });
    }
    var told = new JsonObject
    {
        ["class"] = thrown.GetType().FullName,
        ["lineage"] = lineage,
        ["display"] = thrown.Message,
        ["status"] = Exposed(null, null),
        ["code"] = Exposed(null, null),
        ["message"] = Exposed(thrown.Message, "Message"),
        ["body"] = Exposed(null, null),
        ["cause"] = causes,
    };
    if (thrown is PineconeApiException error)
    {
        told["status"] = Exposed(error.StatusCode, "StatusCode");
        told["body"] = Exposed(error.Body?.ToString(), "Body");
        if (error.Body is ErrorResponse response)
        {
            told["code"] = Exposed(JsonSerializer.SerializeToNode(response.Error.Code), "Body.Error.Code");
            told["message"] = Exposed(response.Error.Message, "Body.Error.Message");
        }
    }
    return told;
}

async Task<JsonObject> Call(JsonObject request)
{
    try
    {
        // Both are init-only; 30 s is the SDK's own default.
        var timeout = request["client"]?["timeout_ms"]?.GetValue<int>();
        var options = new ClientOptions
        {
            BaseUrl = request["base_url"]!.GetValue<string>(),
            Timeout = TimeSpan.FromMilliseconds(timeout ?? 30_000),
        };
        var client = new PineconeClient(request["api_key"]!.GetValue<string>(), options);
        var id = request["input"]!["backup_id"]!;
        var text = id is JsonObject binary
            ? Encoding.UTF8.GetString(Convert.FromBase64String(binary["b64"]!.GetValue<string>()))
            : id.GetValue<string>();
        await client.Backups.DeleteAsync(text);
        return new JsonObject
        {
            ["outcome"] = "returned",
            ["returned"] = new JsonObject { ["type"] = "void", ["json"] = null },
        };
    }
    catch (Exception thrown)
    {
        return new JsonObject { ["outcome"] = "raised", ["raised"] = Raised(thrown) };
    }
}

void Print(JsonObject line)
{
    using var output = Console.OpenStandardOutput();
    output.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
    output.Flush();
}

if (args is ["--describe"])
{
    Print(new JsonObject
    {
        ["protocol"] = new JsonArray(1),
        ["driver"] = "pinecone-csharp",
        ["language"] = "csharp",
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["sdk"] = Sdk(),
        ["operations"] = new JsonArray("delete_backup"),
        ["options"] = new JsonArray("timeout_ms"),
        ["exposes"] = new JsonArray("status", "code", "message", "body"),
    });
    return 0;
}

JsonObject request;
try
{
    request = JsonNode.Parse(Console.In.ReadLine() ?? "")!.AsObject();
    if (request["base_url"]!.GetValue<string>() == "") throw new FormatException("base_url is empty");
}
catch (Exception thrown)
{
    Console.Error.WriteLine($"not a request line: {thrown.Message}");
    return 64;
}

var result = new JsonObject
{
    ["v"] = 1,
    ["case"] = request["case"]!.GetValue<string>(),
    ["nonce"] = request["nonce"]!.GetValue<string>(),
    ["sdk"] = Sdk(),
};
if (request["v"]!.GetValue<int>() != 1 || request["operation"]!.GetValue<string>() != "delete_backup")
{
    result["outcome"] = "unsupported";
    result["elapsed_ms"] = 0;
    Print(result);
    return 0;
}
var watch = Stopwatch.StartNew();
var call = Call(request);
var first = await Task.WhenAny(call, Task.Delay(request["deadline_ms"]!.GetValue<int>()));
var told = first == call ? await call : new JsonObject { ["outcome"] = "unsettled" };
foreach (var (name, value) in told) result[name] = value?.DeepClone();
result["elapsed_ms"] = watch.ElapsedMilliseconds;
Print(result);
Environment.Exit(0);
return 0;
