using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;
using Framelane.Rendering.Engine;

namespace Framelane.Rendering.Tests.Engine;

public sealed class RenderForecasterTests
{
    const string Clip = "https://example.com/clip.mp4";

    static readonly CreateRenderRequest Usual = new() { Width = 640, Height = 360, Duration = 4, Elements = [Video("a")] };

    /// <summary>Scenes that are each more work than <see cref="Usual"/>.</summary>
    static readonly (string Name, CreateRenderRequest Scene)[] More =
    [
        ("pixels", Usual with { Width = 1280, Height = 720 }),
        ("frames of more time", Usual with { Duration = 5, Elements = [Video("a") with { OutPoint = 6 }] }),
        ("frames a second", Usual with { FrameRate = 60 }),
        ("an element", Usual with { Elements = [Video("a"), Video("b")] }),
        ("an effect", Usual with { Elements = [Video("a") with { Effects = [new() { Type = "sepia" }] }] }),
        ("a blur", Usual with { Elements = [Video("a") with { Blur = 5 }] }),
        ("a colour", Usual with { Elements = [Video("a") with { Contrast = 5 }] }),
        ("a motion", Usual with { Elements = [Video("a") with { Motion = [new() { Type = "fade", Duration = 1 }] }] }),
        ("an element within a composition", Usual with { Elements = [Video("a"), new CompositionElement { Duration = 4, Elements = [Video("b")] }] }),
        ("a format", Usual with { OutputFormat = OutputFormat.Webm }),
        ("a quality", Usual with { Quality = RenderQuality.High }),
    ];

    static IEnumerable<TestCaseData> Mores => More.Select(each => new TestCaseData(each.Scene).SetArgDisplayNames(each.Name));

    [TestCaseSource(nameof(Mores))]
    public void More_of_anything_is_more_work(CreateRenderRequest scene) => Assert.That(Of(scene).WorkSeconds, Is.GreaterThan(Of(Usual).WorkSeconds!.Value));

    [Test]
    public void A_transition_is_more_work_than_none_and_a_longer_one_more_than_that()
    {
        double Work(double seconds) => Of(Usual with
        {
            Elements = [Video("a"), Video("b")],
            Transitions = seconds == 0 ? [] : [new() { Type = "cross_dissolve", Duration = seconds, FromId = "a", ToId = "b" }],
        }).WorkSeconds!.Value;
        // While it lasts the second is seen that was not seen before, and before it the second is not seen.
        Assert.That(Work(3), Is.GreaterThan(Work(1)));
        Assert.That(Work(4), Is.GreaterThan(Work(0)));
    }

    [Test]
    public void What_is_not_seen_is_no_work()
    {
        var hidden = Usual with { Elements = [Video("a"), Video("b") with { Visible = false }, Video("c") with { Time = 100 }] };
        Assert.That(Of(hidden).WorkSeconds, Is.EqualTo(Of(Usual).WorkSeconds));
    }

    [Test]
    public void A_second_of_720p_is_about_as_much_work_as_it_was_measured_to_be()
    {
        // 2 cores took 3 to 6 s for 8 s of it; ten times either way would be no estimate.
        var seconds = Of(Usual with { Width = 1280, Height = 720, Duration = 8, Elements = [Video("a") with { OutPoint = 8 }] }).WorkSeconds!.Value * Environment.ProcessorCount / 2;
        Assert.That(seconds, Is.InRange(1, 12));
    }

    [Test]
    public void It_says_what_the_output_will_be()
    {
        var estimate = Of(new() { Width = 641, Height = 359, FrameRate = 25, Elements = [Video("a") with { Speed = 2 }] });
        Assert.That((estimate.Duration, estimate.Frames, estimate.RenderMinutes, estimate.FrameRate), Is.EqualTo(((double?)2, (int?)50, (double?)(2 / 60d), 25d)));
        Assert.That((estimate.Width, estimate.Height), Is.EqualTo((642, 360)), "4:2:0 is padded to even");
    }

    [Test]
    public void Of_a_gif_it_tells_the_rate_that_a_gif_can_have()
    {
        var forecast = Forecast(Usual with { OutputFormat = OutputFormat.Gif });
        Assert.That(forecast.Estimate.FrameRate, Is.EqualTo(100d / 3).Within(1e-9));
        Assert.That(forecast.Warnings, Is.EqualTo(new[] { "A gif cannot have 30 frames a second; it has 33.33." }));
    }

    [Test]
    public void A_still_is_one_frame_and_no_minutes()
    {
        var estimate = Of(Usual with { OutputFormat = OutputFormat.Png });
        Assert.That((estimate.Duration, estimate.Frames, estimate.RenderMinutes), Is.EqualTo(((double?)null, (int?)1, (double?)0)));
        Assert.That(estimate.WorkSeconds, Is.GreaterThan(0).And.LessThan(Of(Usual).WorkSeconds!.Value));
    }

    [Test]
    public void A_source_of_which_nothing_is_known_leaves_the_duration_open_and_warns_of_nothing_else()
    {
        var open = new CreateRenderRequest
        {
            Elements =
            [
                new VideoElement { SourceUrl = Clip },
                new TextElement { Text = "late", Time = 50, Duration = 1 },
                new CompositionElement { Time = 2, Elements = [new AudioElement { SourceUrl = Clip }] },
            ],
        };
        var forecast = Forecast(open);
        Assert.That((forecast.Estimate.Duration, forecast.Estimate.Frames, forecast.Estimate.WorkSeconds, forecast.Estimate.RenderMinutes), Is.EqualTo(((double?)null, (int?)null, (double?)null, (double?)null)));
        Assert.That(forecast.Warnings.Single(), Does.StartWith("elements[0] lasts as long as its source"));
    }

    [Test]
    public void Where_it_is_known_it_counts()
    {
        var scene = new CreateRenderRequest { Elements = [new VideoElement { SourceUrl = Clip, InPoint = 1 }] };
        var estimate = new RenderForecaster().Of(scene, new Dictionary<string, SourceDuration> { [Clip] = new(7) }).Estimate;
        Assert.That((estimate.Duration, estimate.Frames), Is.EqualTo(((double?)6, (int?)180)));
    }

    [TestCase(9.0, 9)]
    [TestCase(5.0, 5)]
    [TestCase(null, 7)]
    public void What_is_only_heard_of_a_video_lasts_as_long_as_its_sound_where_that_is_known(double? sound, double seconds)
    {
        var known = new Dictionary<string, SourceDuration> { [Clip] = new(7, sound) };
        double? Lasts(SceneElement element) => new RenderForecaster().Of(new() { Elements = [element] }, known).Estimate.Duration;
        Assert.That((Lasts(new AudioElement { SourceUrl = Clip }), Lasts(new VideoElement { SourceUrl = Clip })), Is.EqualTo(((double?)seconds, (double?)7)));
    }

    [Test]
    public void A_scene_of_no_sensible_length_has_an_estimate_that_can_be_written()
    {
        var estimate = Of(new() { Duration = double.MaxValue, FrameRate = 240 });
        Assert.That(new[] { estimate.WorkSeconds, estimate.Duration, estimate.RenderMinutes }.All(number => double.IsFinite(number!.Value)), Is.True);
    }

    [TestCase(OutputFormat.Mp4, 7200, null)]
    [TestCase(OutputFormat.Mp4, 7201, "It would last 7201 s, and renders last 7200 s at most: it will fail.")]
    [TestCase(OutputFormat.Png, 7201, null)]
    public void A_render_that_its_sources_make_too_long_is_warned_of(OutputFormat format, double seconds, string? warning)
    {
        var scene = new CreateRenderRequest { OutputFormat = format, Elements = [new VideoElement { SourceUrl = Clip }] };
        var forecast = new RenderForecaster().Of(scene, new Dictionary<string, SourceDuration> { [Clip] = new(seconds) });
        Assert.That(forecast.Warnings, Is.EqualTo(warning is null ? Array.Empty<string>() : [warning]));
    }

    [Test]
    public void A_render_of_two_hours_is_not_too_long_for_a_rounding() =>
        Assert.That(Forecast(new() { Elements = [Video("a") with { OutPoint = 5040, Speed = 0.7 }] }).Warnings, Is.Empty);

    [Test]
    public void Of_transitions_out_of_what_ends_nobody_knows_when_nothing_is_said()
    {
        ImageElement Image(string id) => new() { Id = id, SourceUrl = "https://example.com/i.png", Duration = 4 };
        SceneTransition[] transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "open", ToId = "b" }, new() { Type = "cross_dissolve", Duration = 1, FromId = "b", ToId = "c" }];
        VideoElement open = new() { Id = "open", SourceUrl = Clip };
        SceneElement[] after = [Image("b"), Image("c") with { Time = 3 }];
        CreateRenderRequest[] scenes =
        [
            new() { Elements = [open, .. after], Transitions = transitions },
            new() { Elements = [new CompositionElement { Id = "open", Elements = [open] }, .. after], Transitions = transitions },
            new() { Duration = 9, Elements = [new CompositionElement { Elements = [open, .. after], Transitions = transitions }] },
        ];
        foreach (var scene in scenes)
            Assert.That(Forecast(scene).Warnings, Has.None.Contains("transition"));
        var known = new RenderForecaster().Of(scenes[0], new Dictionary<string, SourceDuration> { [Clip] = new(7) });
        Assert.That(known.Warnings[0], Is.EqualTo("The transition from \"open\" to \"b\" lasts to 7 s, but the second ends at 4 s."));
    }

    [Test]
    public void A_still_after_the_end_is_warned_of_where_the_end_is_known()
    {
        var scene = new CreateRenderRequest { OutputFormat = OutputFormat.Png, FrameAt = 8, Elements = [new VideoElement { SourceUrl = Clip }] };
        var known = new RenderForecaster().Of(scene, new Dictionary<string, SourceDuration> { [Clip] = new(7) });
        Assert.That(known.Warnings, Is.EqualTo(new[] { "frame_at, 8 s, lies after the end at 7 s; the last frame is shown." }));
        Assert.That(Forecast(scene).Warnings.Single(), Does.StartWith("elements[0] lasts as long as its source"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_still_at_a_boundary_is_reckoned_by_what_begins_there(bool endIsKnown)
    {
        var scene = new CreateRenderRequest
        {
            OutputFormat = OutputFormat.Png, Width = 16_000, Height = 16_000,
            Elements = [new TextElement { Text = "a", Duration = 0.8 }, Video("b") with { Time = 0.8, OutPoint = endIsKnown ? 4 : null, Effects = [new() { Type = "glitch" }] }],
        };
        Assert.That(Of(scene with { FrameAt = 0.7999999999999999 }).WorkSeconds, Is.EqualTo(Of(scene with { FrameAt = 0.8 }).WorkSeconds).And.GreaterThan(Of(scene with { FrameAt = 0.5 }).WorkSeconds!));
    }

    [Test]
    public void Its_warnings_are_the_jobs()
    {
        var late = Usual with { Elements = [Video("a"), new TextElement { Id = "t", Text = "x", Time = 9, Duration = 1 }] };
        Assert.That(Forecast(late).Warnings, Is.EqualTo(new[] { "Element \"t\" starts at 9 s, after the end at 4 s." }));
        Assert.That(Forecast(new() { Duration = 1 }).Warnings, Is.EqualTo(new[] { "The timeline is empty." }));
    }

    static VideoElement Video(string id) => new() { Id = id, SourceUrl = Clip, OutPoint = 4 };

    static RenderForecast Forecast(CreateRenderRequest scene) => new RenderForecaster().Of(scene, new Dictionary<string, SourceDuration>());

    static RenderEstimate Of(CreateRenderRequest scene) => Forecast(scene).Estimate;
}
