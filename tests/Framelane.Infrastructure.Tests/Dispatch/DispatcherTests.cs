using Framelane.Domain.Audit;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>What tests of the whole dispatcher start from: a database and a receiver. Each starts the process with the settings it needs.</summary>
public abstract class DispatcherTests
{
    private protected SqliteDatabase Database { get; private set; } = null!;

    private protected Receiver Receiver { get; private set; } = null!;

    private protected DispatchHost Host { get; private set; } = null!;

    [SetUp]
    public void Prepare() => (Database, Receiver) = (new(), new());

    [TearDown]
    public async Task Clean()
    {
        // First, for a host waits for attempts that run.
        Receiver.Dispose();
        if (Host is not null)
            await Host.DisposeAsync();
        Database.Dispose();
    }

    private protected async Task StartAsync(params (string Key, string Value)[] settings) => Host = await DispatchHost.StartAsync(Database, settings);

    /// <summary>A schedule of so many attempts, the retries as soon as anybody looks.</summary>
    private protected static (string Key, string Value)[] Attempts(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Setting($"{nameof(WebhooksOptions.RetrySchedule)}:{i}", "00:00:00"))];

    private protected static (string Key, string Value) PerEndpoint(int count) => Setting(nameof(WebhooksOptions.MaxConcurrencyPerEndpoint), $"{count}");

    private protected static (string Key, string Value) Overall(int count) => Setting(nameof(WebhooksOptions.MaxConcurrency), $"{count}");

    private protected static (string Key, string Value) OneSecond => Setting(nameof(WebhooksOptions.Timeout), "00:00:01");

    private protected async Task<Actor> ActorAsync() => Actor.System(await Host.FirstWorkspaceAsync());

    static (string Key, string Value) Setting(string key, string value) => ($"{WebhooksOptions.Section}:{key}", value);
}
