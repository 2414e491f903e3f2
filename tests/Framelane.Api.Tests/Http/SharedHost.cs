using Framelane.Api.Tests.Http.Billing;

namespace Framelane.Api.Tests.Http;

/// <summary>One host for all tests that change no more than a workspace of their own.</summary>
[SetUpFixture]
public sealed class SharedHost
{
    static ApiHost? host;

    static FakeStripe? stripe;

    internal static ApiHost Host => host!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        stripe = await FakeStripe.StartAsync();
        host = await ApiHost.StartAsync([("Framelane:Previews:Concurrency", "8"), ("Framelane:Previews:MaxWait", "00:00:20"), .. stripe.Settings]);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
        if (stripe is not null)
            await stripe.DisposeAsync();
    }
}

/// <summary>Tests of one workspace on the shared host, with one receiver.</summary>
public abstract class SharedHostTests
{
    private protected static ApiHost Host => SharedHost.Host;

    private protected Tenant Tenant { get; private set; } = null!;

    private protected Receiver Receiver { get; private set; } = null!;

    /// <summary>All that the database holds of the tenant.</summary>
    private protected Task<IReadOnlyList<string>> SnapshotAsync() => Host.Data.Database.SnapshotAsync(Tenant.Id.Value);

    [SetUp]
    public async Task EnterAsync()
    {
        Tenant = await Host.AddWorkspaceAsync();
        Receiver = await Receiver.StartAsync();
    }

    [TearDown]
    public async Task LeaveAsync()
    {
        Tenant.Dispose();
        await Receiver.DisposeAsync();
    }
}
