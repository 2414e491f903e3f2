using Framelane.Client;
using static Framelane.Demo.Steps;

namespace Framelane.Demo;

/// <summary>A render from the upload of its sources to the download of what was made, and what its webhooks tell of it.</summary>
sealed class RenderDemo(FramelaneClient client, Receiver receiver, Steps steps, string folder)
{
    const int Width = 1280, Height = 720, FrameRate = 30;

    /// <summary>Seconds: two clips of 4, which overlap by 1.</summary>
    const double Duration = 7;

    readonly List<WebhookEvent> told = [];

    CreatedWebhook webhook = new("", "");
    Dictionary<string, Uri> sources = [];
    JobResponse job = null!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await UploadAsync(cancellationToken);
            await SubmitAsync(cancellationToken);
            await WatchAsync(cancellationToken);
            await DownloadAsync(cancellationToken);
            await HearAsync(cancellationToken);
        }
        finally
        {
            await client.ForgetAsync(webhook.Id);
        }
    }

    async Task UploadAsync(CancellationToken cancellationToken)
    {
        steps.Say("Sources are uploaded");
        await steps.RunAsync("Create a webhook for all events", async () =>
        {
            var created = await client.CreateWebhookAsync(new() { Url = receiver.Url, Description = "Framelane demo" }, cancellationToken: cancellationToken);
            webhook = new(created.Id, created.Secret);
            return created.Id;
        });
        await steps.RunAsync("Make two clips, a picture and music, and upload them", async () =>
        {
            var (first, second, logo, music) = await new Media(folder).MakeAsync(cancellationToken);
            sources = new()
            {
                ["first"] = await UploadAsync(first, cancellationToken),
                ["second"] = await UploadAsync(second, cancellationToken),
                ["logo"] = await UploadAsync(logo, cancellationToken),
                ["music"] = await UploadAsync(music, cancellationToken),
            };
            return string.Join(", ", sources.Values.Select(source => source.Segments[^1]));
        });
    }

    async Task<Uri> UploadAsync(MediaFile file, CancellationToken cancellationToken)
    {
        await using var bytes = File.OpenRead(file.Path);
        return await client.UploadAsync(bytes, file.ContentType, Path.GetFileName(file.Path), cancellationToken);
    }

    async Task SubmitAsync(CancellationToken cancellationToken)
    {
        steps.Say("A scene is rendered");
        await steps.RunAsync("Submit two clips with a dissolve, a picture, a title, a composition and music", async () =>
        {
            job = await client.CreateRenderAsync(Scene(), FramelaneClient.NewIdempotencyKey(), cancellationToken);
            return $"{job.Id} is {job.Status}";
        });
    }

    CreateRenderRequest Scene() => new()
    {
        Width = Width,
        Height = Height,
        FrameRate = FrameRate,
        OutputFilename = "framelane-demo",
        Metadata = new Dictionary<string, string> { ["shown_by"] = "demo" },
        Elements =
        [
            new VideoElement { Id = "first", SourceUrl = sources["first"], Time = 0, FadeInDuration = 0.5 },
            new VideoElement { Id = "second", SourceUrl = sources["second"], Time = 3, FadeOutDuration = 1 },
            new ImageElement
            {
                Id = "logo", SourceUrl = sources["logo"], Duration = Duration, X = "91%", Y = "15%", Width = 140, Height = 140, ZIndex = 2, Opacity = 90,
                Motion = [new() { Type = "fade", Duration = 1 }],
            },
            new TextElement
            {
                Id = "title", Text = "One request, one video", Time = 0.5, Duration = 6, Y = "82%", Width = "80%", Height = "20%",
                FontSize = 72, FontWeight = 700, Shadow = true, ZIndex = 3, Motion = [new() { Type = "slide_up", Time = 0.5, Duration = 0.8 }],
            },
            new CompositionElement
            {
                Id = "inset", Time = 3.5, Duration = 3, X = "16%", Y = "20%", Width = 320, Height = 180, ZIndex = 2, BorderRadius = 16, ShadowColor = "#000000a0", ShadowBlur = 24,
                Elements =
                [
                    new VideoElement { Id = "replay", SourceUrl = sources["first"], Volume = 0, Effects = [new() { Type = "sepia" }] },
                    new TextElement { Text = "Replay", Duration = 3, FontSize = 28, Y = "85%", Height = "25%" },
                ],
            },
            new AudioElement { Id = "music", SourceUrl = sources["music"], OutPoint = Duration, Volume = 40, FadeInDuration = 1, FadeOutDuration = 2 },
        ],
        Transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "first", ToId = "second" }],
    };

    Task WatchAsync(CancellationToken cancellationToken) => steps.RunAsync("Watch it", async () =>
    {
        var seen = new List<string>();
        while (job.CompletedAt is null)
        {
            job = await client.GetRenderAsync(job.Id, wait: 1, cancellationToken);
            var now = $"{job.ProgressStage?.ToString() ?? job.Status.ToString()} {job.ProgressPercent / 20 * 20} %".ToLowerInvariant();
            if (seen.LastOrDefault() != now)
                seen.Add(now);
        }

        Require(job.Status == JobStatus.Completed, $"The job {job.Status}: {job.Error?.Code} {job.Error?.Message}");
        return string.Join(", ", seen);
    });

    Task DownloadAsync(CancellationToken cancellationToken) => steps.RunAsync("Download it by its signed URL", async () =>
    {
        var path = Path.Combine(folder, "framelane-demo.mp4");
        await using (var file = File.Create(path))
            await client.DownloadRenderAsync(job.Id, file, cancellationToken);
        var output = job.Output!;
        Require(new FileInfo(path).Length == output.SizeBytes, "The file is not as long as the job says.");
        Require((output.Width, output.Height, output.Duration) == (Width, Height, Duration), "The video is not what was asked for.");
        return $"{output.Width}×{output.Height}, {output.Duration} s, {output.SizeBytes / 1024} KiB: {path}";
    });

    async Task HearAsync(CancellationToken cancellationToken)
    {
        steps.Say("What its webhooks told");
        await steps.RunAsync("Verify every delivery, to the last", async () =>
        {
            while (told.LastOrDefault(each => IsOfJob(each))?.Type != "render.completed")
            {
                var delivery = await receiver.NextAsync(cancellationToken);
                WebhookSignature.Verify(delivery.Body, delivery.Signature, webhook.Secret);
                told.Add(WebhookEvent.Parse(delivery.Body));
            }

            return $"{told.Count} arrived, {told.Count(each => each.Type == "asset.ready")} of them asset.ready";
        });
        await steps.RunAsync("Find the job's in their order", () =>
        {
            var ofJob = told.Where(IsOfJob).ToList();
            Require(ofJob.Select(each => each.Sequence).SequenceEqual(Enumerable.Range(1, ofJob.Count)), "They are not in order.");
            Require(ofJob.All(each => each.Metadata["shown_by"] == "demo"), "The metadata is not echoed.");
            return Task.FromResult<string?>(string.Join(", ", ofJob.Select(each => each.Type).Distinct()));
        });
    }

    bool IsOfJob(WebhookEvent each) => each.Data.TryGetProperty("id", out var id) && id.GetString() == job.Id;

    sealed record CreatedWebhook(string Id, string Secret);
}
