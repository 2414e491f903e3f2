using DomainPlan = Framelane.Domain.Workspaces.Plan;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>A host that takes payments by Stripe, which is played here.</summary>
[SetUpFixture]
public sealed class BillingHost
{
    static ApiHost? host;

    static FakeStripe? stripe;

    internal static ApiHost Host => host!;

    internal static FakeStripe Stripe => stripe!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        stripe = await FakeStripe.StartAsync();
        host = await ApiHost.StartAsync(stripe.Settings);
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

/// <summary>Tests of one workspace that is a customer.</summary>
public abstract class BillingTests
{
    private protected static ApiHost Host => BillingHost.Host;

    private protected static FakeStripe Stripe => BillingHost.Stripe;

    private protected Tenant Tenant { get; private set; } = null!;

    [SetUp]
    public async Task EnterAsync() => Tenant = await Host.AddWorkspaceAsync(DomainPlan.Free);

    [TearDown]
    public void Leave()
    {
        Stripe.BeforeAnswer = null;
        Tenant.Dispose();
    }

    /// <summary>The customer of the tenant, made by opening the portal.</summary>
    private protected static async Task<string> BecomeCustomerAsync(Tenant tenant)
    {
        await tenant.Client.OpenBillingPortalAsync();
        return Stripe.CustomerOf(tenant.Id.Value);
    }

    private protected static async Task<string> PlanOfAsync(Tenant tenant)
    {
        var workspace = (await tenant.Raw.GetAsync("/v1/workspace")).Json;
        return $"{workspace["plan"]} {workspace["plan_status"]}";
    }

    private protected static async Task<int> PlanChangesOfAsync(Tenant tenant) =>
        (await tenant.Client.ListAuditLogAsync()).Data.Count(entry => entry.Action == "workspace.plan_changed");

    private protected static Task<IReadOnlyList<string>> SnapshotAsync() => Host.Data.Database.SnapshotAsync();
}
