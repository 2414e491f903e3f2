using System.Text;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Outbound;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Telemetry;
using Framelane.Infrastructure.Tests.Outbound;
using Framelane.Infrastructure.Tests.Persistence;
using Framelane.Infrastructure.Tests.Rotation;
using Framelane.Infrastructure.Tests.Signing;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>The sender of one process, over real sockets, permits and gate, and a workspace with one endpoint, signed by <see cref="KnownSecrets.First"/>.</summary>
sealed class SenderHost : IAsyncDisposable
{
    readonly WebhooksOptions options;
    readonly MemoryLog log = new();

    /// <param name="permitLifetime">Long, unless said otherwise: on a busy machine no permit runs out but where a test lets it.</param>
    /// <param name="time">Where a test moves on the monotonic clock and the timers too; <see cref="Clock"/> is then nobody's.</param>
    public SenderHost(
        TimeSpan? permitLifetime = null,
        TimeSpan? timeout = null,
        Action<SocketsHttpHandler>? configure = null,
        string[]? allowed = null,
        DispatchMetrics? metrics = null,
        TimeProvider? time = null)
    {
        options = new() { PermitLifetime = permitLifetime ?? TimeSpan.FromSeconds(10), Timeout = timeout ?? TimeSpan.FromSeconds(15) };
        Guard = new(allowed: allowed ?? ["127.0.0.0/8"]);
        Node = new(time, options);
        Workspace = Node.Snapshots.Add(KnownSecrets.First);
        Webhook = WebhookId.New(DateTimeOffset.UtcNow);
        var handler = OutboundHttp.CreateHandler(Guard.Connector);
        configure?.Invoke(handler);
        var wrapped = Microsoft.Extensions.Options.Options.Create(options);
        Sender = new(handler, Node.Permits, Node.Gate, metrics ?? TestMetrics.Unheard, time ?? Clock, wrapped, LoggerFactory.Create(builder => builder.AddProvider(log)).CreateLogger<AttemptSender>());
    }

    public Guard Guard { get; }

    public TestNode Node { get; }

    public WallClock Clock { get; } = new();

    public AttemptSender Sender { get; }

    public WorkspaceId Workspace { get; }

    public WebhookId Webhook { get; }

    public IReadOnlyList<string> Log => log.Lines;

    public static async Task<SenderHost> StartAsync(
        string url,
        TimeSpan? permitLifetime = null,
        TimeSpan? timeout = null,
        Action<SocketsHttpHandler>? configure = null,
        string[]? allowed = null,
        DispatchMetrics? metrics = null,
        TimeProvider? time = null)
    {
        var host = new SenderHost(permitLifetime, timeout, configure, allowed, metrics, time);
        host.Point(url);
        await host.Node.StartAsync();
        return host;
    }

    /// <summary>Commits a change of the endpoint.</summary>
    public void Point(string url, bool enabled = true) => Node.Snapshots.Point(Workspace, KnownSecrets.First, new EndpointSnapshot(Webhook, new(url), enabled));

    /// <summary>Rotates to <see cref="KnownSecrets.Second"/>, with the first kept beside it until then.</summary>
    public async Task RotateAsync(DateTimeOffset? graceUntil = null)
    {
        Node.Snapshots.Rotate(Workspace, KnownSecrets.Second, graceUntil is { } until ? (KnownSecrets.First, until) : null);
        await Node.Barrier.PassAsync(Workspace, Node.Snapshots.EpochOf(Workspace), CancellationToken.None);
    }

    /// <summary>Takes the permit away between signing and the first byte, for so many tries of the next attempt.</summary>
    public void SpoilPermits(int tries)
    {
        var reads = 0;
        Clock.OnRead = () =>
        {
            // The first read is the beginning of the attempt; then each try reads for its signature and for its start.
            if (Interlocked.Increment(ref reads) is var read && read % 2 == 0 && read / 2 <= tries)
                _ = Node.Gate.CloseAsync(Workspace);
        };
    }

    public ClaimedDelivery Claim(byte[]? body = null, int attempt = 1, string? url = null, bool oneShot = false, int? step = null, string? trace = null) => new()
    {
        Id = "dlv_1",
        WorkspaceId = Workspace,
        EventId = "evt_1",
        EventType = "render.completed",
        JobId = null,
        WebhookId = url is null ? Webhook.Value : null,
        Url = url,
        Lane = "lane",
        OneShot = oneShot,
        AttemptId = $"att_{attempt}",
        AttemptNumber = attempt,
        Step = step ?? attempt - 1,
        ScheduledAt = TimeProvider.System.GetUtcNow(),
        DueAt = TimeProvider.System.GetUtcNow(),
        Fence = 1,
        TraceParent = trace,
        Body = body ?? Encoding.UTF8.GetBytes("""{"type":"render.completed","data":"Zoë — 東京"}"""),
    };

    public Task<AttemptOutcome> TrySendAsync(ClaimedDelivery? delivery = null) => Sender.SendAsync(delivery ?? Claim(), null, CancellationToken.None).InTimeAsync();

    public async Task<FinishedAttempt> SendAsync(ClaimedDelivery? delivery = null)
    {
        var outcome = await TrySendAsync(delivery);
        Assert.That(outcome.Finished, Is.Not.Null, "The attempt was not made.");
        return outcome.Finished!;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        Sender.Dispose();
        Guard.Dispose();
    }
}
