using Framelane.Application.Abstractions;
using Framelane.Application.Billing.Events;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>On every database, events at once end in what the provider says, and a customer is one workspace's.</summary>
[EveryDatabase]
public sealed class BillingTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task A_customer_is_one_workspaces_and_a_workspace_is_one_customer()
    {
        var other = await AddWorkspaceAsync();
        await AddAsync(BillingAccount.Open(WorkspaceId, "cus_1", Now));
        Assert.That(() => AddAsync(BillingAccount.Open(other, "cus_1", Now)), Throws.InstanceOf<DbUpdateException>());
        Assert.That(() => AddAsync(BillingAccount.Open(WorkspaceId, "cus_2", Now)), Throws.InstanceOf<DbUpdateException>());

        await using var scope = Host.Scope();
        var accounts = scope.ServiceProvider.GetRequiredService<IBillingRepository>();
        Assert.That(await accounts.FindOwnerAsync("cus_1", default), Is.EqualTo(WorkspaceId));
        Assert.That(await accounts.FindOwnerAsync("CUS_1", default), Is.Null, "Ids are told apart by their case.");
        Assert.That(await accounts.FindOwnerAsync("cus_2", default), Is.Null);
    }

    [Test]
    public async Task Events_at_once_end_in_the_providers_state()
    {
        await AddAsync(BillingAccount.Open(WorkspaceId, "cus_1", Now));
        var provider = new SlowProvider();
        await using var host = NewHost(services => services.AddSingleton<IBillingProvider>(provider));
        for (var round = 0; round < 3; round++)
        {
            List<Task<Result<BillingEventResponse>>> sent = [];
            foreach (var status in new[] { SubscriptionStatus.Active, SubscriptionStatus.Canceled, SubscriptionStatus.Trialing, SubscriptionStatus.Canceled, SubscriptionStatus.PastDue })
            {
                provider.Has = [new(status, Plan.Pro)];
                var id = $"evt_{round}_{sent.Count}";
                sent.AddRange(SendAsync(host, id), SendAsync(host, id), SendAsync(host, id + "b"));
            }

            Assert.That((await Task.WhenAll(sent)).Select(answer => answer.IsSuccess), Has.All.True);
            var stored = await Host.ReadAsync(db => db.Workspaces.SingleAsync(workspace => workspace.Id == WorkspaceId));
            Assert.That((stored.Plan, stored.PlanStatus), Is.EqualTo((Plan.Pro, PlanStatus.PastDue)));
            Assert.That(await Host.ReadAsync(db => db.BillingEvents.CountAsync()), Is.EqualTo(10 * (round + 1)));
        }
    }

    static async Task<Result<BillingEventResponse>> SendAsync(TestHost host, string id)
    {
        await using var scope = host.Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ReceiveBillingEventCommand(new(id, "customer.subscription.updated", true, "cus_1")));
    }

    Task AddAsync(BillingAccount account) => Host.WriteAsync(db =>
    {
        db.BillingAccounts.Add(account);
        return Task.CompletedTask;
    });

    /// <summary>Sees what is so at once, and takes its time to say it.</summary>
    sealed class SlowProvider : IBillingProvider
    {
        readonly Random random = new(7);

        public IReadOnlyList<Subscription> Has { get; set; } = [];

        public bool IsConfigured => true;

        public bool TakesMinutes => false;

        public IReadOnlyCollection<Plan> Plans => [Plan.Pro];

        public async Task<IReadOnlyList<Subscription>> ReadSubscriptionsAsync(string customerId, CancellationToken cancellationToken)
        {
            var (seen, pause) = (Has, 0);
            lock (random)
                pause = random.Next(0, 40);
            await Task.Delay(pause, cancellationToken);
            return seen;
        }

        public Task<string> CreateCustomerAsync(WorkspaceId workspaceId, string? formerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteCustomerAsync(string customerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Uri?> OpenPortalAsync(string customerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Uri?> OpenCheckoutAsync(WorkspaceId workspaceId, string customerId, Plan plan, bool billsBeyond, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReportMinutesAsync(string customerId, long minutes, string identifier, DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Result<ProviderEvent> ReadEvent(ReadOnlyMemory<byte> body, string? signature) => throw new NotSupportedException();
    }
}
