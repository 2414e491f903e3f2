using System.Net;
using System.Text.Json;

namespace Framelane.Bench.Load;

/// <summary>What the API answered.</summary>
/// <param name="SentAt">Before the request left.</param>
/// <param name="AnsweredAt">When the client saw the status line.</param>
sealed record Answer(HttpStatusCode Status, string Body, DateTimeOffset SentAt, DateTimeOffset AnsweredAt)
{
    public Answer Expect(params ReadOnlySpan<HttpStatusCode> statuses) =>
        statuses.Contains(Status) ? this : throw new InvalidOperationException($"Unexpected answer {(int)Status}: {Body}");

    public string Text(string property)
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.GetProperty(property).GetString()!;
    }
}
