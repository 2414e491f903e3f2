using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Framelane.Bench.Load;
using Microsoft.AspNetCore.Http;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Receives deliveries and keeps what the proofs judge. It is healthy, but no easy receiver: it fails the first attempt at some deliveries,
/// closes some connections, and takes up to half a second, so that retries and new connections fall into the middle of everything, and
/// nodes always hold permits that a change may overtake.
/// </summary>
sealed class RecordingSink : IAsyncDisposable
{
    readonly ConcurrentQueue<Receipt> receipts = new();
    readonly ConcurrentDictionary<string, byte[]> bodies = new();
    Sink? sink;

    public IReadOnlyCollection<Receipt> Receipts => receipts;

    public int Count => receipts.Count;

    /// <param name="certificate">Where given, every other webhook is reached by TLS alone, whose handshakes take up to a second.</param>
    public static async Task<RecordingSink> StartAsync(Action<string>? certificate = null)
    {
        var recording = new RecordingSink();
        recording.sink = await Sink.StartAsync(recording.ReceiveAsync, TimeSpan.FromSeconds(1), certificate);
        return recording;
    }

    public string UrlOf(string path) => IsSlow(path) ? sink!.SlowUrlOf(path) : sink!.UrlOf(path);

    public async ValueTask DisposeAsync() => await sink!.DisposeAsync();

    async Task ReceiveAsync(HttpContext context)
    {
        var arrivedAt = DateTimeOffset.UtcNow;
        var request = context.Request;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        var eventId = Header("webhook-id");
        var body = buffer.ToArray();
        var first = bodies.GetOrAdd(eventId, body);
        var delivery = Header("Framelane-Delivery");
        var attempt = int.Parse(Header("Framelane-Attempt"), CultureInfo.InvariantCulture);
        var mood = SHA256.HashData(Encoding.ASCII.GetBytes($"{delivery}:{attempt}"));
        var fails = attempt == 1 && mood[2] < 20;
        var receipt = new Receipt(
            request.Path.Value!,
            delivery,
            attempt,
            eventId,
            Header("webhook-timestamp"),
            Header("Framelane-Signature"),
            Header("webhook-signature"),
            first,
            body.AsSpan().SequenceEqual(first),
            !fails,
            arrivedAt);
        receipts.Enqueue(receipt);
        await Task.Delay(mood[1] * 2);
        if (mood[0] < (request.IsHttps ? 128 : 24))
            context.Response.Headers.Connection = "close";
        receipt.AnsweredAt = DateTimeOffset.UtcNow;
        context.Response.StatusCode = fails ? StatusCodes.Status500InternalServerError : StatusCodes.Status204NoContent;

        string Header(string name) => request.Headers[name].ToString();
    }

    static bool IsSlow(string path) => path != Tenant.JobPath && Tenant.WebhookIn(path) % 2 == 1;
}

/// <summary>An attempt as it arrived.</summary>
/// <param name="Body">The bytes that came with the event's first arrival.</param>
/// <param name="SameBody">Whether this one brought the same.</param>
/// <param name="Accepted">Whether it was answered with 2xx.</param>
sealed record Receipt(
    string Path,
    string DeliveryId,
    int Attempt,
    string EventId,
    string Timestamp,
    string Framelane,
    string Standard,
    byte[] Body,
    bool SameBody,
    bool Accepted,
    DateTimeOffset ArrivedAt)
{
    /// <summary>Before the answer left; null where that was never reached.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    public bool BodyNames(string workspaceId) => Body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(workspaceId)) >= 0;
}
