using System.Collections.Concurrent;
using Framelane.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Framelane.Api.Tests.Http;

/// <summary>Somebody who receives deliveries on loopback, and keeps them.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication app;

    readonly ConcurrentQueue<Delivered> deliveries = new();

    Receiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public Uri Url => new(app.Urls.Single() + "/hook");

    public IReadOnlyList<Delivered> Deliveries => [.. deliveries];

    /// <summary>What it answers with, by how many deliveries came before.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    public void AnswerWith(int status, string body = "") => Answer = (context, _) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    /// <summary>Waits for the delivery of that number, counted from one.</summary>
    public async Task<Delivered> NextAsync(int number = 1)
    {
        await Eventually.HoldsAsync(() => deliveries.Count >= number, $"Delivery {number} did not come.");
        return deliveries.ElementAt(number - 1);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var before = deliveries.Count;
        deliveries.Enqueue(new(
            body.ToArray(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        await Answer(context, before);
    }
}

sealed record Delivered(byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Signature => Headers[WebhookSignature.HeaderName];

    public WebhookEvent Event => WebhookEvent.Parse(Body);

    public bool IsSignedWith(string secret) => WebhookSignature.TryVerify(Body, Signature, secret, out _);
}
