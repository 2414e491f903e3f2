using System.Text.Json;

namespace Framelane.Client;

/// <summary>The body of a delivery.</summary>
public partial class WebhookEvent
{
    /// <summary>Reads the body of a delivery. Verify its signature first.</summary>
    /// <exception cref="JsonException">It is not an event.</exception>
    public static WebhookEvent Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize<WebhookEvent>(body) ?? throw new JsonException("The body is null.");
}
