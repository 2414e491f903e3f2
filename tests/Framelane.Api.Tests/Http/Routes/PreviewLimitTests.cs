using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What previews may take of a machine, and that they give it back.</summary>
public sealed class PreviewLimitTests
{
    const string Small = """{"width": 16, "height": 16, "duration": 1}""";

    [Test]
    public async Task Over_its_share_a_workspace_is_told_so_and_over_all_places_everybody_to_come_again()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Previews:Concurrency", "1"), ("Framelane:Previews:MaxWait", "00:00:00.3"));
        await using var source = await Held.StartAsync();
        using var other = await host.AddWorkspaceAsync();
        var first = host.First.Raw.PostAsync("/v1/renders/preview", source.Scene);
        await source.AskedAsync();

        var mine = await host.First.Raw.PostAsync("/v1/renders/preview", Small);
        var others = await other.Raw.PostAsync("/v1/renders/preview", Small);
        var draft = await host.First.Raw.PostAsync("/v1/renders/preview?type=draft", Small);
        source.LetGo();
        await first.InTimeAsync();
        var later = await host.First.Raw.PostAsync("/v1/renders/preview", Small);

        Assert.Multiple(() =>
        {
            Assert.That((mine.Status, mine.Code, mine.Header("Retry-After")), Is.EqualTo((429, "rate_limited", "2")));
            Assert.That((others.Status, others.Code, others.Header("Retry-After")), Is.EqualTo((503, "unavailable", "2")));
            Assert.That((draft.Status, later.Status), Is.EqualTo((202, 200)), "a job needs no place, and a place is given back");
        });
    }

    [Test]
    public async Task Where_nobody_waits_a_place_that_is_free_is_taken()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Previews:Concurrency", "1"), ("Framelane:Previews:MaxWait", "00:00:00"));
        await using var source = await Held.StartAsync();
        Assert.That((await host.First.Raw.PostAsync("/v1/renders/preview", Small)).Status, Is.EqualTo(200));

        var held = host.First.Raw.PostAsync("/v1/renders/preview", source.Scene);
        await source.AskedAsync();
        var other = await host.First.Raw.PostAsync("/v1/renders/preview", Small);
        source.LetGo();
        await held.InTimeAsync();
        Assert.That(other.Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_workspace_never_has_all_places()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Previews:Concurrency", "3"), ("Framelane:Previews:MaxWait", "00:00:00.3"));
        await using var source = await Held.StartAsync();
        using var other = await host.AddWorkspaceAsync();
        Task<Answer>[] held = [.. Enumerable.Range(0, 2).Select(_ => host.First.Raw.PostAsync("/v1/renders/preview", source.Scene))];
        await source.AskedAsync(2);

        var third = await host.First.Raw.PostAsync("/v1/renders/preview", Small);
        var others = await other.Raw.PostAsync("/v1/renders/preview", Small);
        source.LetGo();
        await Task.WhenAll(held).InTimeAsync();

        Assert.That((third.Status, others.Status), Is.EqualTo((429, 200)));
    }

    [Test]
    public async Task One_that_waits_gets_the_place_that_is_given_back()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Previews:Concurrency", "1"), ("Framelane:Previews:MaxWait", "00:00:10"));
        await using var source = await Held.StartAsync();
        var first = host.First.Raw.PostAsync("/v1/renders/preview", source.Scene);
        await source.AskedAsync();
        var second = host.First.Raw.PostAsync("/v1/renders/preview", Small);
        await Task.Delay(200);
        Assert.That(second.IsCompleted, Is.False);
        source.LetGo();
        await first.InTimeAsync();
        Assert.That((await second.InTimeAsync()).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task One_that_takes_too_long_is_given_up_and_leaves_nothing()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Previews:TimeLimit", "00:00:00.5"));
        await using var source = await Held.StartAsync();
        var answer = await host.First.Raw.PostAsync("/v1/renders/preview", source.Scene);
        Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((504, "render_timeout", "The preview was not made within 0.5 s. Ask for less, or for a draft.")));
        await PreviewRouteTests.AssertNothingIsLeftAsync(host);
    }

    [Test]
    public async Task When_the_client_goes_the_programs_end_and_the_files_go()
    {
        await using var host = await ApiHost.StartAsync();
        var upload = await Uploading.BeginAsync(host.First, host.Nobody);
        await upload.PutAsync(await Footage.ClipAsync(1280, 720, 8));
        await Eventually.HoldsAsync(async () => (await host.First.Raw.GetAsync("/v1/workspace/assets")).Json["data"]!.AsArray().Count == 1);
        var scene = $$"""{"width": 1920, "height": 1080, "elements": [{{string.Join(", ", Enumerable.Repeat($$"""{"type": "video", "source_url": "{{upload.SourceUrl}}", "blur": 80}""", 4))}}]}""";
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        FramelaneClient.Configure(http, host.Url, host.First.Key);
        using var gone = new CancellationTokenSource();
        using var body = new StringContent(scene, System.Text.Encoding.UTF8, "application/json");
        var asked = http.PostAsync(new Uri("v1/renders/preview?type=contact_sheet&columns=8&rows=8&max_width=512", UriKind.Relative), body, gone.Token);
        await Eventually.HoldsAsync(() => PreviewRouteTests.Programs(host).Any(line => line.Contains("rawvideo", StringComparison.Ordinal)));
        Assert.That(PreviewRouteTests.Folders(host), Has.Count.EqualTo(1));

        await gone.CancelAsync();

        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
        await PreviewRouteTests.AssertNothingIsLeftAsync(host);
        Assert.That((await host.First.Raw.PostAsync("/v1/renders/preview", Small)).Status, Is.EqualTo(200), "its place is given back");
    }

    [Test]
    public async Task Sources_together_may_be_no_larger_than_those_of_a_job()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Media:MaxSourceBytes", "2000"), ("Framelane:Media:MaxJobBytes", "2000"));
        await using var source = await Receiver.StartAsync();
        source.Answer = (context, _) => context.Response.Body.WriteAsync(new byte[1500]).AsTask();
        var answer = await host.First.Raw.PostAsync("/v1/renders/preview", $$"""{"elements": [{"type": "video", "source_url": "{{source.Url}}1.mp4"}, {"type": "video", "source_url": "{{source.Url}}2.mp4"}]}""");
        Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "body source_too_large")));
    }

    [Test]
    public async Task Pictures_may_take_less_memory_than_those_of_a_job()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Previews:MaxPictureBytes", "1048576"));
        await using var source = await Receiver.StartAsync();
        var clip = await Footage.ClipAsync(640, 480, 1);
        source.Answer = (context, _) => context.Response.Body.WriteAsync(clip).AsTask();
        var answer = await host.First.Raw.PostAsync("/v1/renders/preview?max_width=16", $$"""{"elements": [{"type": "video", "source_url": "{{source.Url}}1.mp4"}]}""");
        Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "body/elements/0 source_too_large")));
    }

    [TestCase("Framelane:Media:FfmpegPath")]
    [TestCase("Framelane:Media:FfprobePath")]
    public async Task Without_the_media_programs_none_is_available_and_a_draft_waits_for_who_has_them(string program)
    {
        await using var host = await ApiHost.StartAsync((program, "/nowhere/program"));
        await using var source = await Receiver.StartAsync();
        var clip = await Footage.ClipAsync(64, 36, 1);
        source.Answer = (context, _) => context.Response.Body.WriteAsync(clip).AsTask();
        var scene = $$"""{"width": 16, "height": 16, "elements": [{"type": "video", "source_url": "{{source.Url}}.mp4"}]}""";
        foreach (var type in new[] { "frame", "contact_sheet" })
        {
            var answer = await host.First.Raw.PostAsync($"/v1/renders/preview?type={type}", scene);
            Assert.That((answer.Status, answer.Code, answer.Header("Retry-After")), Is.EqualTo((503, "unavailable", "30")), answer.Body);
            Assert.That(answer.Body, Does.Not.Contain("nowhere"));
        }

        Assert.That((await host.First.Raw.PostAsync("/v1/renders/preview?type=draft", Small)).Status, Is.EqualTo(202));
        await PreviewRouteTests.AssertNothingIsLeftAsync(host);
    }

    /// <summary>A source whose answer waits until it is let go.</summary>
    sealed class Held : IAsyncDisposable
    {
        readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        readonly Receiver receiver;

        Held(Receiver receiver) => this.receiver = receiver;

        public string Scene => $$"""{"elements": [{"type": "video", "source_url": "{{receiver.Url}}.mp4"}]}""";

        public static async Task<Held> StartAsync()
        {
            var held = new Held(await Receiver.StartAsync());
            held.receiver.Answer = async (context, _) =>
            {
                await held.gate.Task.WaitAsync(context.RequestAborted);
                context.Response.StatusCode = 404;
            };
            return held;
        }

        public async Task AskedAsync(int times = 1) => await receiver.NextAsync(times);

        public void LetGo() => gate.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            LetGo();
            await receiver.DisposeAsync();
        }
    }
}
