using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.Http;

/// <summary>An answer as it came over the wire.</summary>
sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The error's code, or null where the body is none of an error.</summary>
    public string? Code => Body.Length > 0 && Json is JsonObject body && body["error"] is JsonObject error ? (string?)error["code"] : null;

    public string? Message => (string?)Json["error"]?["message"];

    /// <summary>The faults of a 422, each as its place and its kind: <c>body/events/0 unknown_event</c>.</summary>
    public IReadOnlyList<string> Faults =>
        [.. Json["detail"]!.AsArray().Select(fault => $"{string.Join('/', fault!["loc"]!.AsArray().Select(part => part!.ToString()))} {fault["type"]}")];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, headers, bytes, System.Text.Encoding.UTF8.GetString(bytes));
    }

    public override string ToString() => $"{Status} {Body}";
}
