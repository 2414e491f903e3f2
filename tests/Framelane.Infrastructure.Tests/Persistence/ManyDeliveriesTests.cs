using Framelane.Application.Webhooks.Delete;
using Framelane.Application.Webhooks.Recover;
using Framelane.Application.Webhooks.Update;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>However much a webhook has, a change of it changes a thousand deliveries at a time, and in the end all of them.</summary>
[EveryDatabase]
public sealed class ManyDeliveriesTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    /// <remarks>Half of them were made in one moment.</remarks>
    const int Many = 2500;

    readonly ChangedRows changed = new("UPDATE");

    TestHost watched = null!;

    Webhook webhook = null!;

    [SetUp]
    public async Task FillAsync()
    {
        watched = NewHost(services => services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(changed)));
        webhook = await AddWebhookAsync();
        var happened = WebhookEvent.Create(Domain.Events.EventId.New(Now), WorkspaceId, "render.completed", null, 1, [1], Now);
        await Host.WriteAsync(db =>
        {
            db.Events.Add(happened);
            db.Deliveries.AddRange(Enumerable.Range(0, Many).Select(i => Delivery.ToWebhook(happened, webhook, oneShot: false, Now.AddMilliseconds(Math.Min(i, Many / 2)))));
            return Task.CompletedTask;
        });
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    [TearDown]
    public async Task LeaveAsync()
    {
        if (watched is not null)
            await watched.DisposeAsync();
    }

    [Test]
    public async Task All_of_a_webhook_that_is_disabled_die()
    {
        await SendAsync(new UpdateWebhookCommand(Actor.System(WorkspaceId), webhook.Id.Value, new() { Enabled = new(false) }));

        Assert.That(await CountAsync(DeliveryState.EndpointDisabled), Is.EqualTo(Many));
        Assert.That(changed.Sizes.Where(size => size > 1), Is.EqualTo(new[] { 1000, 1000, 500 }));
    }

    [Test]
    public async Task All_of_a_webhook_that_is_deleted_are_cancelled()
    {
        await SendAsync(new DeleteWebhookCommand(Actor.System(WorkspaceId), webhook.Id.Value));

        Assert.That(await CountAsync(DeliveryState.Cancelled), Is.EqualTo(Many));
        Assert.That(changed.Sizes.Where(size => size > 1), Is.EqualTo(new[] { 1000, 1000, 500 }));
    }

    [Test]
    public async Task All_that_is_recovered_is_and_is_counted_and_what_is_of_one_moment_together()
    {
        await Host.WriteAsync(db => db.Deliveries.ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.State, DeliveryState.DeadLettered)));

        var recovered = await SendAsync(new RecoverWebhookCommand(Actor.System(WorkspaceId), webhook.Id.Value, new() { Since = DateTimeOffset.UnixEpoch }));

        Assert.That(recovered.Value, Is.EqualTo(new RecoverWebhookResponse(Many)));
        Assert.That(await CountAsync(DeliveryState.Pending), Is.EqualTo(Many));
        Assert.That(changed.Sizes.Where(size => size > 1), Is.EqualTo(new[] { 1000, 250, 1250 }));
        Assert.That(await Host.ReadAsync(db => db.Deliveries.Select(delivery => delivery.AttemptId).Distinct().CountAsync()), Is.EqualTo(Many));
    }

    async Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request)
    {
        await using var scope = watched.Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    Task<int> CountAsync(DeliveryState state) => Host.ReadAsync(db => db.Deliveries.CountAsync(delivery => delivery.State == state));
}
