using System.Threading.Channels;
using Framelane.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Framelane.Demo;

/// <summary>A delivery as it came in: not yet trusted.</summary>
sealed record Delivery(byte[] Body, string? Signature, string? Id, string? Timestamp, string? StandardSignature);

/// <summary>A receiver on a free port of the loopback interface. It takes everything; whoever reads it judges.</summary>
sealed class Receiver : IAsyncDisposable
{
    const string Path = "/hook";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly Channel<Delivery> deliveries = Channel.CreateUnbounded<Delivery>();
    readonly WebApplication app;

    Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost(Path, TakeAsync);
    }

    public Uri Url => new(new Uri(app.Urls.Single()), Path);

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    public async Task<Delivery> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await deliveries.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"Nothing arrived within {Patience.TotalSeconds} s.");
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<IResult> TakeAsync(HttpRequest request)
    {
        // The bytes as they came: a body that is parsed and written anew no longer fits its signature.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        await deliveries.Writer.WriteAsync(new Delivery(
            body.ToArray(),
            request.Headers[WebhookSignature.HeaderName],
            request.Headers[StandardWebhookSignature.IdHeaderName],
            request.Headers[StandardWebhookSignature.TimestampHeaderName],
            request.Headers[StandardWebhookSignature.SignatureHeaderName]));
        return Results.Ok();
    }
}
