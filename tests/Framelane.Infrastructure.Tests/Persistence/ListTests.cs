using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>Pages by key, newest first; nothing of another workspace in any.</summary>
[EveryDatabase]
public sealed class ListTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    StoredAttempts stored = null!;
    WorkspaceId other;

    [SetUp]
    public async Task PrepareAttempts()
    {
        stored = new(Host, Time);
        other = await AddWorkspaceAsync();
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(12)]
    [TestCase(13)]
    public async Task Webhooks_of_one_instant_come_each_once_newest_first(int limit)
    {
        var now = Now;
        await Host.WriteAsync(db =>
        {
            for (var i = 0; i < 12; i++)
            {
                db.Webhooks.Add(Webhook.Create(WebhookId.New(now), WorkspaceId, $"https://example.com/{i}", ["render.failed"], null, true, now));
                db.Webhooks.Add(Webhook.Create(WebhookId.New(now), other, $"https://example.com/{i}", ["render.failed"], null, true, now));
            }

            return Task.CompletedTask;
        });
        var pages = await PagesAsync(limit, (services, page) => services.GetRequiredService<IWebhookRepository>().ListAsync(WorkspaceId, page, CancellationToken.None));
        AssertWhole(pages, limit, 12, webhook => webhook.Id.Value);
        Assert.That(pages.SelectMany(page => page.Items), Has.All.Property(nameof(Webhook.WorkspaceId)).EqualTo(WorkspaceId));
    }

    [Test]
    public async Task A_row_that_comes_in_between_pages_moves_none()
    {
        for (var i = 0; i < 4; i++)
            await AddWebhookAsync();
        await using var scope = Host.Scope();
        var webhooks = scope.ServiceProvider.GetRequiredService<IWebhookRepository>();
        var first = await webhooks.ListAsync(WorkspaceId, new(2, null), CancellationToken.None);
        await AddWebhookAsync();
        var second = await webhooks.ListAsync(WorkspaceId, new(2, first.NextKey), CancellationToken.None);
        Assert.That(first.Items.Concat(second.Items).Select(webhook => webhook.Id).ToArray(), Is.Unique.And.Length.EqualTo(4));
        Assert.That(second.NextKey, Is.Null);
    }

    [Test]
    public async Task The_audit_log_comes_each_entry_once_newest_first()
    {
        var now = Now;
        await Host.WriteAsync(db =>
        {
            for (var i = 0; i < 10; i++)
            {
                db.AuditLog.Add(AuditEntry.Of("test", $"{i}", Actor.System(other), now));
                db.AuditLog.Add(AuditEntry.Of("test", $"{i}", Actor.System(WorkspaceId), now));
            }

            return Task.CompletedTask;
        });
        var pages = await PagesAsync(3, (services, page) => services.GetRequiredService<IAuditLog>().ListAsync(other, page, CancellationToken.None));
        AssertWhole(pages, 3, 10, entry => entry.Id.Value);
        Assert.That(pages.SelectMany(page => page.Items), Has.All.Property(nameof(AuditEntry.WorkspaceId)).EqualTo(other));
    }

    [Test]
    public async Task Api_keys_come_newest_first_revoked_ones_too()
    {
        var older = await AddKeyAsync(WorkspaceId);
        Time.Advance(TimeSpan.FromMilliseconds(2));
        var newer = await AddKeyAsync(WorkspaceId);
        await AddKeyAsync(other);
        await using var scope = Host.Scope();
        var keys = await scope.ServiceProvider.GetRequiredService<IApiKeyRepository>().ListAsync(WorkspaceId, CancellationToken.None);
        Assert.That(keys.Select(key => key.Id).Take(2), Is.EqualTo(new[] { newer, older }));
        Assert.That(keys, Has.All.Property(nameof(ApiKey.WorkspaceId)).EqualTo(WorkspaceId));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(100)]
    public async Task Attempts_that_were_made_and_that_are_to_come_are_one_list_newest_first(int limit)
    {
        var webhook = await AddWebhookAsync();
        await AddWebhookAsync(enabled: false);
        await AddWebhookAsync(workspaceId: other);
        for (var i = 1; i <= 5; i++)
            await stored.AppendAsync(WorkspaceId, sequence: i, jobId: null);
        await stored.AppendAsync(other);
        await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Answered(500));

        // To the one, 5 failed and their 5 next attempts; to the disabled one, 5 that were never made.
        var pages = await PagesAsync(limit, (services, page) => ListAsync(services, new(), page));
        AssertWhole(pages, limit, 15, attempt => attempt.Id);
        Assert.That(
            pages.SelectMany(page => page.Items).CountBy(attempt => attempt.Status),
            Is.EquivalentTo(new Dictionary<AttemptStatus, int> { [AttemptStatus.Failed] = 5, [AttemptStatus.Pending] = 5, [AttemptStatus.DeadLettered] = 5 }));
    }

    [Test]
    public async Task A_filter_shows_what_it_says_and_nothing_else()
    {
        var one = await AddWebhookAsync(events: ["render.completed", "render.failed"]);
        var two = await AddWebhookAsync(events: ["render.failed"]);
        await stored.AppendAsync(WorkspaceId, "render.failed", "render_1");
        await stored.AppendAsync(WorkspaceId, "render.completed", "render_2");
        await stored.AppendAsync(WorkspaceId, "render.completed", "render_3", url: "https://job.example.com/");
        await stored.AttemptAsync(one.Id.Value, AttemptResult.Answered(200));
        await stored.AttemptAsync(two.Id.Value, AttemptResult.Answered(410));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await CountAsync(new()), Is.EqualTo(4));
            Assert.That(await CountAsync(new(WebhookId: one.Id)), Is.EqualTo(2));
            Assert.That(await CountAsync(new(WebhookId: two.Id)), Is.EqualTo(1));
            Assert.That(await CountAsync(new(Status: AttemptStatus.Succeeded)), Is.EqualTo(2));
            Assert.That(await CountAsync(new(Status: AttemptStatus.DeadLettered)), Is.EqualTo(1));
            Assert.That(await CountAsync(new(Status: AttemptStatus.Pending)), Is.EqualTo(1));
            Assert.That(await CountAsync(new(Status: AttemptStatus.Failed)), Is.Zero);
            Assert.That(await CountAsync(new(EventType: "render.failed")), Is.EqualTo(2));
            Assert.That(await CountAsync(new(EventType: "render.completed")), Is.EqualTo(2));
            Assert.That(await CountAsync(new(JobId: "render_1")), Is.EqualTo(2));
            Assert.That(await CountAsync(new(JobId: "render_3")), Is.EqualTo(1));
            Assert.That(await CountAsync(new(one.Id, AttemptStatus.Succeeded, "render.failed", "render_1")), Is.EqualTo(1));
            Assert.That(await CountAsync(new(two.Id, AttemptStatus.Succeeded)), Is.Zero);
        });
    }

    [TestCase(1, 1, 1)]
    [TestCase(2, 3, 2)]
    [TestCase(4, 2, 3)]
    [TestCase(100, 1, 2)]
    public async Task A_search_looks_through_so_much_for_a_page_and_goes_on_from_there(int stretch, int stretches, int limit)
    {
        var webhook = await AddWebhookAsync(events: ["render.completed", "render.failed"]);
        await AddWebhookAsync(enabled: false, events: ["render.failed"]);
        await AddWebhookAsync(events: ["render.completed"]);
        for (var i = 1; i <= 24; i++)
        {
            await stored.AppendAsync(WorkspaceId, i % 8 == 0 ? "render.failed" : "render.completed", $"render_{i}");
            if (i % 3 != 0)
                await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Answered(200));
        }

        await using var db = Host.NewContext();
        foreach (var filter in new AttemptFilter[]
        {
            new(EventType: "render.failed"), new(JobId: "render_16"), new(Status: AttemptStatus.DeadLettered), new(Status: AttemptStatus.Succeeded),
            new(webhook.Id, EventType: "render.failed"), new(webhook.Id, AttemptStatus.Pending), new(EventType: "render.unheard_of"),
        })
        {
            var all = (await new AttemptList(db, WorkspaceId, filter).ReadAsync(new(100, null), CancellationToken.None)).Items.Select(attempt => attempt.Id);
            var search = new AttemptList(db, WorkspaceId, filter) { Stretch = stretch, Stretches = stretches };
            var pages = await PagesAsync(limit, (_, page) => search.ReadAsync(page, CancellationToken.None));
            Assert.That(pages.SelectMany(page => page.Items).Select(attempt => attempt.Id), Is.EqualTo(all), $"{filter}");
            Assert.That(pages, Has.All.Matches<Page<AttemptResponse>>(page => page!.Items.Count <= limit));
        }

        var (nothing, none) = (new AttemptFilter(EventType: "render.unheard_of"), CancellationToken.None);
        var first = await new AttemptList(db, WorkspaceId, nothing) { Stretch = stretch, Stretches = stretches }.ReadAsync(new(limit, null), none);
        Assert.That((first.Items.Count, first.NextKey is null), Is.EqualTo((0, stretch == 100)), "It gives up for now, and says so.");
    }

    [Test]
    public async Task What_a_disabled_webhook_never_got_is_listed_as_dead_with_its_reason()
    {
        await AddWebhookAsync(enabled: false);
        await stored.AppendAsync(WorkspaceId);
        await using var scope = Host.Scope();
        var attempt = (await ListAsync(scope.ServiceProvider, new(Status: AttemptStatus.DeadLettered), new(10, null))).Items.Single();
        Assert.That((attempt.FailureReason, attempt.NextRetryAt, attempt.AttemptedAt), Is.EqualTo(("endpoint_disabled", (DateTimeOffset?)null, (DateTimeOffset?)null)));
        Assert.That((await ListAsync(scope.ServiceProvider, new(Status: AttemptStatus.Pending), new(10, null))).Items, Is.Empty);
    }

    [Test]
    public async Task Nothing_of_another_workspace_is_found_by_its_id()
    {
        var webhook = await AddWebhookAsync(workspaceId: other);
        var key = await AddKeyAsync(other);
        await stored.AppendAsync(other);
        var delivery = await Host.ReadAsync(db => Task.FromResult(db.Deliveries.Single().Id.Value));
        await using var scope = Host.Scope();
        var services = scope.ServiceProvider;
        await Assert.MultipleAsync(async () =>
        {
            foreach (var (workspace, found) in new[] { (WorkspaceId, false), (other, true) })
            {
                Assert.That(await services.GetRequiredService<IWebhookRepository>().FindAsync(workspace, webhook.Id.Value, CancellationToken.None) is not null, Is.EqualTo(found));
                Assert.That(await services.GetRequiredService<IApiKeyRepository>().FindAsync(workspace, key.Value, CancellationToken.None) is not null, Is.EqualTo(found));
                Assert.That(await services.GetRequiredService<IDeliveryRepository>().FindForUpdateAsync(workspace, delivery, CancellationToken.None) is not null, Is.EqualTo(found));
                Assert.That(await services.GetRequiredService<IWebhookRepository>().CountAsync(workspace, CancellationToken.None), Is.EqualTo(found ? 1 : 0));
            }
        });
        Assert.That((await ListAsync(services, new(WebhookId: webhook.Id), new(10, null))).Items, Is.Empty, "a filter opens no door");
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("wh_01J8QR2K5VKDGN2T4FBM3CZYX7")]
    [TestCase("wh_01j8qr2k5vkdgn2t4fbm3czyx7")]
    public async Task A_text_that_names_nothing_finds_nothing(string id)
    {
        await using var scope = Host.Scope();
        Assert.That(await scope.ServiceProvider.GetRequiredService<IWebhookRepository>().FindAsync(WorkspaceId, id, CancellationToken.None), Is.Null);
        Assert.That(await scope.ServiceProvider.GetRequiredService<IApiKeyRepository>().FindAsync(WorkspaceId, id, CancellationToken.None), Is.Null);
        Assert.That(await scope.ServiceProvider.GetRequiredService<IDeliveryRepository>().FindForUpdateAsync(WorkspaceId, id, CancellationToken.None), Is.Null);
    }

    Task<Page<AttemptResponse>> ListAsync(IServiceProvider services, AttemptFilter filter, PageRequest page) =>
        services.GetRequiredService<IDeliveryRepository>().ListAttemptsAsync(WorkspaceId, filter, page, CancellationToken.None);

    async Task<int> CountAsync(AttemptFilter filter)
    {
        await using var scope = Host.Scope();
        return (await ListAsync(scope.ServiceProvider, filter, new(100, null))).Items.Count;
    }

    async Task<ApiKeyId> AddKeyAsync(WorkspaceId workspaceId)
    {
        var key = ApiKey.Create(ApiKeyId.New(Now), workspaceId, "Key", ApiKeySecret.Generate(), Now);
        await Host.WriteAsync(db =>
        {
            db.ApiKeys.Add(key);
            return Task.CompletedTask;
        });
        return key.Id;
    }

    async Task<List<Page<T>>> PagesAsync<T>(int limit, Func<IServiceProvider, PageRequest, Task<Page<T>>> read)
    {
        List<Page<T>> pages = [];
        string? after = null;
        do
        {
            await using var scope = Host.Scope();
            pages.Add(await read(scope.ServiceProvider, new(limit, after)));
            after = pages[^1].NextKey;
        }
        while (after is not null && pages.Count < 100);
        return pages;
    }

    static void AssertWhole<T>(List<Page<T>> pages, int limit, int count, Func<T, string> key)
    {
        var keys = pages.SelectMany(page => page.Items).Select(key).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(keys, Is.Unique.And.Length.EqualTo(count));
            Assert.That(keys, Is.Ordered.Descending.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(pages, Has.Count.EqualTo((count + limit - 1) / limit), "no empty page at the end");
            Assert.That(pages.SkipLast(1), Has.All.Matches<Page<T>>(page => page!.Items.Count == limit));
        });
    }
}
