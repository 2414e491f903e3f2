using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>What is read for update is nobody else's until the transaction ends.</summary>
[EveryDatabase]
public sealed class LockTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task Changes_of_one_delivery_are_made_one_after_the_other()
    {
        const int Changes = 24;
        var id = await AddDeliveryAsync();
        await using var other = NewHost();
        await Task.WhenAll(Enumerable.Range(0, Changes).Select(i => Task.Run(() => RedeliverAsync(i % 2 == 0 ? Host : other, id))));
        Assert.That(await FenceAsync(id), Is.EqualTo(Changes), "none is lost");
    }

    [Test]
    public async Task A_second_unit_of_work_waits_for_the_first_and_sees_what_it_did()
    {
        var id = await AddDeliveryAsync();
        await using var other = NewHost();
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var first = Host.WriteAsync<int>(async (services, token) =>
        {
            var delivery = await FindAsync(services, id, token);
            inside.SetResult();
            await goOn.Task;
            delivery.Redeliver(Now);
            return 1;
        });
        await inside.Task;
        long? seen = null;
        var second = Task.Run(() => other.WriteAsync<int>(async (services, token) =>
        {
            seen = (await FindAsync(services, id, token)).Fence;
            return 1;
        }));
        Assert.That(await FenceAsync(id), Is.Zero, "readers wait for nobody");
        Assert.That(seen, Is.Null);
        goOn.SetResult();
        await Task.WhenAll(first, second).InTimeAsync();
        Assert.That(seen, Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_is_locked_even_where_it_is_absent()
    {
        await using var other = NewHost();
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var first = Host.WriteAsync<bool>(async (services, token) =>
        {
            var absent = await LockKeyAsync(services, token) is null;
            inside.SetResult();
            await goOn.Task;
            services.GetRequiredService<FramelaneDbContext>().IdempotencyKeys.Add(
                new() { Scope = "scope", Key = "key", Fingerprint = [1], Token = 1, CreatedAt = Now, LeaseExpiresAt = Now });
            return absent;
        });
        await inside.Task.InTimeAsync();
        var second = Task.Run(() => other.WriteAsync<bool>(async (services, token) => await LockKeyAsync(services, token) is null));
        await LetItLookAsync();
        goOn.SetResult();
        Assert.That(((await first.InTimeAsync()).Value, (await second.InTimeAsync()).Value), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_key_whose_answer_is_being_written_is_waited_for()
    {
        await Host.Get<IIdempotencyStore>().ClaimAsync("scope", "key", [1], CancellationToken.None);
        await using var other = NewHost();
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var first = Host.WriteAsync<int>(async (services, token) =>
        {
            var written = await services.GetRequiredService<FramelaneDbContext>().IdempotencyKeys
                .ExecuteUpdateAsync(row => row.SetProperty(record => record.Answer, [1]), token);
            inside.SetResult();
            await goOn.Task;
            return written;
        });
        await inside.Task.InTimeAsync();
        var second = Task.Run(() => other.WriteAsync<bool>(async (services, token) => (await LockKeyAsync(services, token))!.Answer is not null));
        await LetItLookAsync();
        goOn.SetResult();
        Assert.That(((await first.InTimeAsync()).Value, (await second.InTimeAsync()).Value), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task A_unit_of_work_that_fails_lets_the_next_in()
    {
        var id = await AddDeliveryAsync();
        Assert.That(
            () => Host.WriteAsync<int>(async (services, token) =>
            {
                await FindAsync(services, id, token);
                throw new InvalidOperationException();
            }),
            Throws.InvalidOperationException);
        await RedeliverAsync(Host, id).InTimeAsync();
        Assert.That(await FenceAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task A_unit_of_work_whose_caller_gave_up_while_it_waited_lets_the_next_in()
    {
        var id = await AddDeliveryAsync();
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var first = Host.WriteAsync<int>(async (services, token) =>
        {
            await FindAsync(services, id, token);
            inside.SetResult();
            await goOn.Task;
            return 1;
        });
        await inside.Task;
        using var caller = new CancellationTokenSource();
        var waiting = Host.WriteAsync<int>(
            async (services, token) =>
            {
                await FindAsync(services, id, token);
                return 1;
            },
            cancellationToken: caller.Token);
        var next = RedeliverAsync(Host, id);
        await caller.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        goOn.SetResult();
        await Task.WhenAll(first, next).InTimeAsync();
        Assert.That(await FenceAsync(id), Is.EqualTo(1));
    }

    /// <summary>Time enough for what must not get through.</summary>
    async Task LetItLookAsync()
    {
        for (var i = 0; i < 50; i++)
            await Host.ReadAsync(db => db.IdempotencyKeys.CountAsync());
    }

    static Task<IdempotencyRecord?> LockKeyAsync(IServiceProvider services, CancellationToken token) =>
        services.GetRequiredService<IDatabaseProvider>().LockIdempotencyKeyAsync(services.GetRequiredService<FramelaneDbContext>(), "scope", "key", token);

    async Task<string> AddDeliveryAsync()
    {
        await AddWebhookAsync();
        await new StoredAttempts(Host, Time).AppendAsync(WorkspaceId);
        return (await Host.ReadAsync(db => db.Deliveries.Select(delivery => delivery.Id).SingleAsync())).Value;
    }

    Task<long> FenceAsync(string id) => Host.ReadAsync(db => db.Deliveries.Where(row => row.Id == DeliveryId.FromStored(id)).Select(row => row.Fence).SingleAsync());

    async Task<Delivery> FindAsync(IServiceProvider services, string id, CancellationToken token) =>
        (await services.GetRequiredService<IDeliveryRepository>().FindForUpdateAsync(WorkspaceId, id, token))!;

    Task<Result<int>> RedeliverAsync(TestHost host, string id) => host.WriteAsync<int>(async (services, token) =>
    {
        var delivery = await FindAsync(services, id, token);
        await Task.Yield();
        delivery.Redeliver(Now);
        return 1;
    });
}
