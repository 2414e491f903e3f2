using Framelane.Client;
using DomainPlan = Framelane.Domain.Workspaces.Plan;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What plans allow, over real HTTP: minutes, sizes, and renders at a time.</summary>
public sealed class PlanRouteTests : SharedHostTests
{
    /// <summary>A minute of output that nobody renders while others are submitted: its source never comes.</summary>
    const string Minute = """{"width": 64, "height": 32, "duration": 60, "elements": [{"type": "image", "id": "a", "source_url": "SOURCE", "duration": 60}]}""";

    Tenant free = null!;

    [SetUp]
    public async Task AddFreeAsync() => free = await Host.AddWorkspaceAsync(DomainPlan.Free);

    [TearDown]
    public void Close() => free.Dispose();

    [Test]
    public async Task Of_two_hundred_who_submit_at_once_exactly_those_pass_for_whom_there_are_minutes()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Plans:free:RequestsPerMinute", "100000"));
        using var tenant = await host.AddWorkspaceAsync(DomainPlan.Free);
        var upload = await tenant.Client.CreateUploadAsync(new() { ContentType = "image/png" });
        var scene = Minute.Replace("SOURCE", upload.SourceUrl.OriginalString, StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => tenant.Raw.PostAsync("/v1/renders", scene)));
        Assert.That(answers.CountBy(answer => answer.Status), Is.EquivalentTo(new[] { KeyValuePair.Create(202, 25), KeyValuePair.Create(402, 175) }));

        await tenant.Client.CancelRenderAsync((string)answers.First(answer => answer.Status == 202).Json["id"]!);
        var (next, last) = (await tenant.Raw.PostAsync("/v1/renders", scene), await tenant.Raw.PostAsync("/v1/renders", scene));
        Assert.That((next.Status, last.Status, (string?)last.Json["error"]!["code"]), Is.EqualTo((202, 402, "quota_exceeded")));
        Assert.That((double)last.Json["error"]!["details"]!["reserved_minutes"]!, Is.EqualTo(25));
    }

    [Test]
    public async Task What_is_larger_than_the_plan_allows_needs_another_one_and_its_small_draft_does_not()
    {
        const string Large = """{"width": 3840, "height": 2160, "output_format": "png", "duration": 1}""";
        var refused = await free.Raw.PostAsync("/v1/renders", Large, ("Idempotency-Key", "once"));
        var told = await free.Raw.PostAsync("/v1/renders/validate", Large);
        var draft = await free.Raw.PostAsync("/v1/renders/preview?type=draft", Large);
        Assert.Multiple(() =>
        {
            Assert.That((refused.Status, (string?)refused.Json["error"]!["code"], (string?)refused.Json["error"]!["details"]!["required_plan"]), Is.EqualTo((403, "plan_required", "pro")));
            Assert.That(((bool)told.Json["valid"]!, (string?)told.Json["warnings"]!.AsArray()[^1]), Is.EqualTo((true, (string?)refused.Json["error"]!["message"])));
            Assert.That(draft.Status, Is.EqualTo(202));
        });
    }

    [Test]
    public async Task One_render_at_a_time_and_the_next_as_soon_as_it_has_ended()
    {
        const string Endless = """{"width": 1280, "height": 720, "frame_rate": 240, "duration": 600}""";
        const string Short = """{"width": 64, "height": 32, "frame_rate": 10, "duration": 0.5}""";
        var first = (string)(await free.Raw.PostAsync("/v1/renders", Endless)).Json["id"]!;
        await Eventually.HoldsAsync(async () => (await free.Client.GetRenderAsync(first)).Status == JobStatus.Processing);
        var second = (string)(await free.Raw.PostAsync("/v1/renders", Short)).Json["id"]!;
        using var other = await Host.AddWorkspaceAsync(DomainPlan.Free);
        var others = (string)(await other.Raw.PostAsync("/v1/renders", Short)).Json["id"]!;

        // Another workspace's render that came later is done, so this one was passed over and not merely slow.
        await Eventually.HoldsAsync(async () => (await other.Client.GetRenderAsync(others, wait: 5)).Status == JobStatus.Completed);
        Assert.That((await free.Client.GetRenderAsync(second)).Status, Is.EqualTo(JobStatus.Queued));

        await free.Client.CancelRenderAsync(first);
        await Eventually.HoldsAsync(async () => (await free.Client.GetRenderAsync(second, wait: 5)).Status == JobStatus.Completed);
    }

    [Test]
    public async Task Capabilities_tell_what_each_plan_allows()
    {
        var plans = (await Host.Nobody.GetAsync("/v1/capabilities")).Json["plans"]!;
        Assert.That(plans["free"]!.ToJsonString(), Is.EqualTo(
            """{"render_minutes":25,"hard_cap":true,"max_width":1920,"max_height":1080,"concurrent_renders":1,"storage_bytes":10737418240,"watermark":true}"""));
        Assert.That(plans["pro"]!.ToJsonString(), Is.EqualTo(
            """{"render_minutes":2000,"hard_cap":false,"max_width":3840,"max_height":2160,"concurrent_renders":null,"storage_bytes":null,"watermark":false}"""));
        Assert.That(plans["enterprise"]!.ToJsonString(), Is.EqualTo(
            """{"render_minutes":null,"hard_cap":false,"max_width":7680,"max_height":4320,"concurrent_renders":null,"storage_bytes":null,"watermark":false}"""));
    }
}
