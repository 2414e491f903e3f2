using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Application.Uploads;
using Framelane.Application.Workspaces.Delete;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Identities;
using Framelane.Domain.Uploads;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>A workspace that is deleted goes with all that it has, and another one keeps all that it has.</summary>
[EveryDatabase]
public sealed class WorkspaceErasureTests<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    /// <summary>Tables that are kept until nothing is paid for any more.</summary>
    static readonly string[] Billing = [nameof(BillingAccount), nameof(BillingEvent), nameof(MeterReport), nameof(MeteredRender)];

    static readonly TimeSpan Settled = TimeSpan.FromHours(1) + TimeSpan.FromMinutes(5);

    [Test]
    public async Task Everything_goes_but_the_line_that_says_so()
    {
        var other = await AddWorkspaceAsync();
        await FillAsync(WorkspaceId);
        await FillAsync(other);
        var before = await CountAsync(other);
        Assert.That((await CountAsync(WorkspaceId)).Values, Has.All.GreaterThan(0), "whoever adds a table has what is in it erased too, and tried here");

        await DeleteAsync();
        await SweepAsync();
        Assert.That((await CountAsync(WorkspaceId)).Where(table => table.Value > 0).Select(table => table.Key), Is.EquivalentTo(new[] { nameof(AuditEntry), nameof(Workspace) }));
        Assert.That(Files(WorkspaceId), Is.Empty);

        Time.Advance(Settled);
        await SweepAsync();
        var left = await Worker.ReadAsync(db => db.AuditLog.Where(entry => entry.WorkspaceId == WorkspaceId).Select(entry => entry.Action).ToListAsync());
        Assert.That(left, Is.EqualTo(new[] { "workspace.deleted" }));
        Assert.That(await Worker.ReadAsync(db => db.Workspaces.AnyAsync(workspace => workspace.Id == WorkspaceId)), Is.False);
        Assert.That(await CountAsync(other), Is.EqualTo(before));
        Assert.That(Files(other), Is.Not.Empty);
    }

    [Test]
    public async Task What_somebody_brings_who_did_not_see_the_deletion_goes_with_the_last_pass()
    {
        await DeleteAsync();
        await SweepAsync();
        await FillAsync(WorkspaceId);
        Time.Advance(Settled - TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.That(Files(WorkspaceId), Is.Not.Empty, "too early to be the last");
        Time.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.That((await CountAsync(WorkspaceId)).Where(table => table.Value > 0).Select(table => table.Key), Is.EquivalentTo(new[] { nameof(AuditEntry) }));
        Assert.That(Files(WorkspaceId), Is.Empty);
    }

    [Test]
    public async Task A_worker_loses_what_it_works_on()
    {
        await Worker.SubmitJobAsync(WorkspaceId, Now);
        var queue = Worker.Get<JobQueue>();
        var claimed = await queue.ClaimAsync(1, CancellationToken.None);
        await DeleteAsync();
        await SweepAsync();
        Assert.That(await queue.RenewAsync(claimed, renew: true, CancellationToken.None), Is.EqualTo(claimed));
        Assert.That(await queue.CompleteAsync(claimed[0], new(new("key", "a.mp4", "video/mp4", 64, 32, 1, 1), []), CancellationToken.None), Is.False);
    }

    [Test]
    public async Task What_one_process_did_not_end_another_one_does()
    {
        await FillAsync(WorkspaceId);
        await DeleteAsync();
        var broken = new Mock<IObjectStorage>();
        broken.Setup(port => port.DeleteFolderAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("gone"));
        await using (var dies = NewHost(services =>
        {
            services.AddAssetWork();
            services.AddSingleton(broken.Object);
        }))
        {
            var other = await AddWorkspaceAsync();
            await DeleteAsync(other);
            broken.Setup(port => port.DeleteFolderAsync(other.Value, It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
            await dies.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
            Assert.That(await EraseAtAsync(other), Is.GreaterThan(Now + TimeSpan.FromHours(1)), "one that fails holds up no other");
        }

        Assert.That(Files(WorkspaceId), Is.Not.Empty);
        Assert.That(await SweepAsync(), Is.Zero, "not at once");
        Time.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync();
        Assert.That(Files(WorkspaceId), Is.Empty);
        Assert.That((await CountAsync(WorkspaceId)).Where(table => table.Value > 0).Select(table => table.Key), Is.EquivalentTo(new[] { nameof(AuditEntry), nameof(Workspace) }));
    }

    [Test]
    public async Task Its_customer_is_gone_before_who_that_was_is_forgotten()
    {
        var billing = new Mock<IBillingProvider>();
        billing.Setup(port => port.IsConfigured).Returns(true);
        billing.SetupSequence(port => port.DeleteCustomerAsync($"cus_{WorkspaceId}", It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UnavailableException("away")).Returns(Task.CompletedTask);
        await using var host = NewHost(services =>
        {
            services.AddAssetWork();
            services.AddSingleton(billing.Object);
        });
        await host.WriteAsync(db =>
        {
            db.BillingAccounts.Add(BillingAccount.Open(WorkspaceId, $"cus_{WorkspaceId}", Now));
            return Task.CompletedTask;
        });
        await DeleteAsync();
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(await host.ReadAsync(db => db.BillingAccounts.CountAsync()), Is.EqualTo(1), "the provider was away");
        Time.Advance(TimeSpan.FromMinutes(1));
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(await host.ReadAsync(db => db.BillingAccounts.CountAsync()), Is.Zero);
        billing.Verify(port => port.DeleteCustomerAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Test]
    public async Task It_pays_no_more_though_storage_refuses_a_file_of_it()
    {
        var (billing, broken) = (Provider(isConfigured: true), new Mock<IObjectStorage>());
        broken.Setup(port => port.DeleteFolderAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Access denied."));
        await using var host = NewWorker(billing, broken);
        await BecomeCustomerAsync();
        await DeleteAsync();
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        billing.Verify(port => port.DeleteCustomerAsync($"cus_{WorkspaceId}", It.IsAny<CancellationToken>()), Times.Once);
        Assert.That(await host.ReadAsync(db => db.BillingAccounts.CountAsync()), Is.EqualTo(1), "it goes at the end");
    }

    [Test]
    public async Task One_whose_files_take_hours_keeps_no_other_waiting()
    {
        var (other, later) = (await AddWorkspaceAsync(), await AddWorkspaceAsync());
        var (hangs, storage) = (new TaskCompletionSource(), new Mock<IObjectStorage>());
        storage.Setup(port => port.DeleteFolderAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        storage.Setup(port => port.DeleteFolderAsync(WorkspaceId.Value, It.IsAny<CancellationToken>())).Returns(hangs.Task);
        await using var host = NewWorker(Provider(isConfigured: true), storage);
        await DeleteAsync();
        await DeleteAsync(other);
        var sweep = host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        await Eventually.HoldsAsync(async () => await EraseAtAsync(other) > Now);

        await DeleteAsync(later);
        await Eventually.HoldsAsync(async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            return await EraseAtAsync(later) > Now;
        });

        Assert.That(sweep.IsCompleted, Is.False);
        hangs.SetResult();
        await sweep.InTimeAsync();
        storage.Verify(port => port.DeleteFolderAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Exactly(3), "each once");
    }

    [Test]
    public async Task Nobody_pays_while_others_are_erased()
    {
        var (billing, hangs, storage) = (Provider(isConfigured: true), new TaskCompletionSource(), new Mock<IObjectStorage>());
        storage.Setup(port => port.DeleteFolderAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(hangs.Task);
        await using var host = NewWorker(billing, storage);
        for (var made = 0; made < 10; made++)
            await DeleteAsync(await AddWorkspaceAsync());
        await BecomeCustomerAsync();
        await DeleteAsync();
        var sweep = host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => billing.Invocations.Any(call => call.Method.Name == nameof(IBillingProvider.DeleteCustomerAsync)));
        hangs.SetResult();
        await sweep.InTimeAsync();
        billing.Verify(port => port.DeleteCustomerAsync($"cus_{WorkspaceId}", It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task What_it_has_goes_though_the_payment_provider_is_away()
    {
        var billing = Provider(isConfigured: true);
        billing.Setup(port => port.DeleteCustomerAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new UnavailableException("away"));
        await using var host = NewWorker(billing);
        await FillAsync(WorkspaceId);
        await DeleteAsync();
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(await EraseAtAsync(WorkspaceId), Is.EqualTo(Now + TimeSpan.FromMinutes(1)).Within(TimeSpan.FromMilliseconds(1)));
        Time.Advance(Settled);
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(Files(WorkspaceId), Is.Empty);
        Assert.That(await LeftAsync(), Is.EquivalentTo(Billing.Append(nameof(AuditEntry)).Append(nameof(Workspace))));
        Assert.That(await EraseAtAsync(WorkspaceId), Is.EqualTo(Now + TimeSpan.FromHours(1)).Within(TimeSpan.FromMilliseconds(1)), "a minute at first, an hour at last");
    }

    [Test]
    public async Task A_process_that_has_no_billing_forgets_no_customer()
    {
        var billing = Provider(isConfigured: true);
        await using var host = NewWorker(Provider(isConfigured: false));
        await FillAsync(WorkspaceId);
        await DeleteAsync();
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(await EraseAtAsync(WorkspaceId), Is.EqualTo(Now + TimeSpan.FromMinutes(1)).Within(TimeSpan.FromMilliseconds(1)), "another process may do better");
        Time.Advance(Settled);
        await host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(await LeftAsync(), Is.EquivalentTo(Billing.Append(nameof(AuditEntry)).Append(nameof(Workspace))));
        Assert.That(Files(WorkspaceId), Is.Empty);
        Assert.That(await EraseAtAsync(WorkspaceId), Is.EqualTo(Now + TimeSpan.FromHours(1)).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(host.Log.Lines, Has.Exactly(2).Matches("^Warning: .*has no Framelane:Stripe"));

        Time.Advance(TimeSpan.FromHours(1));
        await using var other = NewWorker(billing);
        await other.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        billing.Verify(port => port.DeleteCustomerAsync($"cus_{WorkspaceId}", It.IsAny<CancellationToken>()), Times.Once);
        Assert.That(await LeftAsync(), Is.EquivalentTo(new[] { nameof(AuditEntry) }));
    }

    [Test]
    public async Task More_than_a_batch_goes_too()
    {
        await Worker.WriteAsync(db =>
        {
            for (var i = 0; i < BatchedDeletion.Size + 1; i++)
            {
                db.Usage.Add(UsageEntry.OfFormer(WorkspaceId, 1, Now)!);
                db.Events.Add(Event(WorkspaceId));
            }

            return Task.CompletedTask;
        });
        await DeleteAsync();
        var sweep = SweepAsync();
        while (!sweep.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1);
        }

        await sweep;
        Assert.That(await Worker.ReadAsync(async db => await db.Usage.CountAsync() + await db.Events.CountAsync()), Is.Zero);
    }

    static Mock<IBillingProvider> Provider(bool isConfigured)
    {
        var billing = new Mock<IBillingProvider>();
        billing.Setup(port => port.IsConfigured).Returns(isConfigured);
        return billing;
    }

    TestHost NewWorker(Mock<IBillingProvider> billing, Mock<IObjectStorage>? storage = null) => NewHost(services =>
    {
        services.AddAssetWork();
        services.AddSingleton(billing.Object);
        if (storage is not null)
            services.AddSingleton(storage.Object);
    });

    Task BecomeCustomerAsync() => Worker.WriteAsync(db =>
    {
        db.BillingAccounts.Add(BillingAccount.Open(WorkspaceId, $"cus_{WorkspaceId}", Now));
        return Task.CompletedTask;
    });

    async Task<IEnumerable<string>> LeftAsync() => (await CountAsync(WorkspaceId)).Where(table => table.Value > 0).Select(table => table.Key);

    async Task FillAsync(WorkspaceId id)
    {
        var webhook = await AddWebhookAsync(workspaceId: id);
        var asset = await Worker.ImportAsync(id, Later());
        var upload = Upload.Begin(UploadId.New(Now), id, AssetId.New(Now), "video/mp4", Now);
        var job = await Worker.SubmitJobAsync(id, Later(), ingests: false, new JobSource(asset.Id, "https://example.com/a", "elements[0].source_url"));
        var stored = new StoredAttempts(Worker, Time);
        await stored.AppendAsync(id);
        await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Answered(200));
        await Worker.WriteAsync(db =>
        {
            db.Uploads.Add(upload);
            db.AssetFonts.Add(new() { AssetId = asset.Id, WorkspaceId = id, Family = "Family" });
            db.Usage.Add(UsageEntry.OfEgress(id, 1, Now)!);
            db.BillingAccounts.Add(BillingAccount.Open(id, $"cus_{id}", Now));
            db.MeteredRenders.Add(MeteredRender.Of(Rendered.Of(id, 90, Now), Plan.Pro));
            db.MeterReports.Add(MeterReport.Next(id, CalendarMonth.Of(Now).Start, Plan.Pro, 60_000, 0, 0, Now, Now)!);
            db.BillingEvents.Add(BillingEvent.Handled($"evt_{id}", "customer.subscription.updated", id, Now));
            db.Identities.Add(Identity.Create(IdentityName.TryMake("https://id.example.com", $"user_{id}_{Now.Ticks}")!, id, Now));
            db.ApiKeys.Add(ApiKey.Create(ApiKeyId.New(Now), id, "Key", ApiKeySecret.Generate(), Now));
            db.AuditLog.Add(AuditEntry.Of(AuditActions.WebhookCreated, webhook.Id.Value, Actor.System(id), Now));
            db.IdempotencyKeys.Add(new()
            {
                Scope = $"{id} v1/webhooks", Key = "key", Fingerprint = [1], Token = 1, CreatedAt = Now, LeaseExpiresAt = Now,
            });
            return Task.CompletedTask;
        });
        var file = Path.GetTempFileName();
        await Worker.Get<IObjectStorage>().PutAsync($"{id}/{job}-1.mp4", file, "video/mp4", CancellationToken.None);
        File.Delete(file);
        await using var draft = await Worker.Get<IDraftStorage>().OpenAsync(UploadTarget.Of(upload), SavedDraft.Nothing, 1, CancellationToken.None);
        await draft!.WriteAsync(new byte[] { 1 }, CancellationToken.None);
    }

    Domain.Events.WebhookEvent Event(WorkspaceId id) =>
        Domain.Events.WebhookEvent.Create(Domain.Events.EventId.New(Now), id, "render.completed", "render_1", 1, "{}"u8.ToArray(), Now);

    Task DeleteAsync() => DeleteAsync(WorkspaceId);

    async Task DeleteAsync(WorkspaceId id)
    {
        await using var scope = Worker.Scope();
        Assert.That((await scope.ServiceProvider.GetRequiredService<ISender>().Send(new DeleteWorkspaceCommand(Actor.System(id)))).IsSuccess, Is.True);
    }

    Task<DateTimeOffset?> EraseAtAsync(WorkspaceId id) => Worker.ReadAsync(db => db.Workspaces.Where(workspace => workspace.Id == id).Select(workspace => workspace.EraseAt).SingleAsync());

    Task<int> SweepAsync() => Worker.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);

    IEnumerable<string> Files(WorkspaceId id) => Directory.EnumerateFiles(Database.Folder, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(Database.Folder, file).Contains(id.Value, StringComparison.Ordinal));

    /// <summary>How many rows of each table are the workspace's: all tables that say whose their rows are, and those that hang on these.</summary>
    Task<Dictionary<string, int>> CountAsync(WorkspaceId id) => Worker.ReadAsync(async db =>
    {
        var counts = new Dictionary<string, int>();
        foreach (var table in db.Model.GetEntityTypes().Where(table => table.FindProperty("WorkspaceId")?.ClrType == typeof(WorkspaceId)))
            counts[table.ClrType.Name] = await ((Task<int>)GetType().GetMethod(nameof(OwnedAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
                .MakeGenericMethod(table.ClrType).Invoke(null, [db, id])!);
        counts[nameof(Workspace)] = await db.Workspaces.CountAsync(workspace => workspace.Id == id);
        counts[nameof(IdempotencyRecord)] = await db.IdempotencyKeys.CountAsync(record => record.Scope.StartsWith(id.Value));
        counts[nameof(JobRequestRecord)] = await db.JobRequests.CountAsync(request => !db.Jobs.Any(job => job.Id == request.JobId && job.WorkspaceId != id));
        counts[nameof(JobSourceRecord)] = await db.JobSources.CountAsync(source => !db.Jobs.Any(job => job.Id == source.JobId && job.WorkspaceId != id));
        return counts;
    });

    static Task<int> OwnedAsync<T>(FramelaneDbContext db, WorkspaceId id)
        where T : class => db.Set<T>().CountAsync(row => EF.Property<WorkspaceId>(row, "WorkspaceId") == id);
}
