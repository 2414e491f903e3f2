using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>What a transition makes of the sound of what it shows: it is as loud as its picture is there.</summary>
public sealed class TransitionSoundTests
{
    /// <summary>Of the sources, and of what is in full view.</summary>
    const double Loud = 0.5;

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    // The first lasts from 0 to 3, and the transition from 2 to 3.
    [TestCase(2, 1.9, 0, TestName = "What_overlaps_is_silent_before")]
    [TestCase(2, 2.5, 0.5, TestName = "What_overlaps_rises_meanwhile")]
    [TestCase(2, 3.1, 1, TestName = "What_overlaps_is_loud_after")]
    [TestCase(3, 2.5, 0, TestName = "What_begins_at_the_end_is_silent_while_its_first_frame_is_held")]
    [TestCase(3, 3.1, 1, TestName = "What_begins_at_the_end_is_loud_at_once")]
    [TestCase(2.5, 2.4, 0, TestName = "What_begins_within_is_silent_before")]
    [TestCase(2.5, 2.6, 0.6, TestName = "What_begins_within_is_as_loud_as_it_is_seen")]
    [TestCase(1, 1.5, 0, TestName = "What_begins_before_is_not_heard_while_it_is_hidden")]
    [TestCase(1, 2.5, 0.5, TestName = "What_begins_before_rises_when_it_is_shown")]
    public async Task The_one_that_comes(double time, double at, double volume)
    {
        var (silent, tone) = (Make("silent.mp4", 3, ""), Make("tone.mp4", 4));
        await AssertLoudAsync(Scene(new VideoElement { SourceUrl = silent }, new VideoElement { SourceUrl = tone, Time = time }), (at, volume));
    }

    [Test]
    public async Task The_one_that_goes_falls_in_its_last_second()
    {
        var (tone, silent) = (Make("tone.mp4", 3), Make("silent.mp4", 2, ""));
        await AssertLoudAsync(Scene(new VideoElement { SourceUrl = tone }, new VideoElement { SourceUrl = silent, Time = 3 }), (1.9, 1), (2.5, 0.5), (2.9, 0.1));
    }

    [Test]
    public async Task Of_a_scene_that_ends_within_nothing_is_hurried()
    {
        var (tone, silent) = (Make("tone.mp4", 3), Make("silent.mp4", 2, ""));
        var scene = Scene(new VideoElement { SourceUrl = tone }, new VideoElement { SourceUrl = silent, Time = 2 }) with { Duration = 2.5 };
        await AssertLoudAsync(scene, (1.9, 1), (2.4, 0.6));
    }

    [Test]
    public async Task A_transition_between_compositions_fades_all_that_sounds_within()
    {
        var tone = Make("tone.mp4", 3);
        CompositionElement composition = new() { Duration = 3, Elements = [new VideoElement { SourceUrl = tone }, new AudioElement { SourceUrl = tone, Volume = 50 }] };
        var scene = Scene(composition with { Elements = [composition.Elements[1]] }, composition with { Time = 1, Elements = [composition.Elements[0] with { Visible = false }] });
        await AssertLoudAsync(scene, (1.5, 0.5), (2.5, 0.25));
    }

    [Test]
    public async Task A_transition_within_a_composition_lies_where_that_lies()
    {
        var (silent, tone) = (Make("silent.mp4", 3, ""), Make("tone.mp4", 3));
        var inner = Scene(new VideoElement { SourceUrl = silent }, new VideoElement { SourceUrl = tone, Time = 2 });
        var scene = inner with { Elements = [new CompositionElement { Time = 1, Elements = inner.Elements, Transitions = inner.Transitions }], Transitions = [] };
        await AssertLoudAsync(scene, (2.9, 0), (3.5, 0.5), (4.1, 1));
    }

    // The first lasts from 0 to 3 and goes from 2 to 3, the second from 2.2 to 3.2.
    [TestCase(4, 0.24, TestName = "What_goes_falls_with_what_it_gives_way_to_while_that_goes_too")]
    [TestCase(3.2, 0.144, TestName = "What_goes_falls_with_all_that_goes_meanwhile")]
    public async Task A_chain(double third, double volume)
    {
        var (tone, silent) = (Make("tone.mp4", 3), Make("silent.mp4", 3, ""));
        var scene = Scene(new VideoElement { SourceUrl = tone }, new VideoElement { SourceUrl = silent, Time = 2, OutPoint = 1.2 });
        scene = scene with
        {
            Elements =
            [
                .. scene.Elements, new VideoElement { Id = "third", SourceUrl = silent, Time = 2.2, OutPoint = third - 2.2 },
                new VideoElement { Id = "last", SourceUrl = silent, Time = 2.2 },
            ],
            Transitions = [.. scene.Transitions, Dissolve("to", "third"), Dissolve("third", "last")],
        };
        await AssertLoudAsync(scene, (1.9, 1), (2.6, volume));
    }

    [Test]
    public async Task What_is_seen_again_when_a_transition_on_has_ended_is_not_silenced_by_it()
    {
        var (tone, silent) = (Make("tone.mp4", 3), Make("silent.mp4", 2, ""));
        var scene = Scene(new VideoElement { SourceUrl = tone }, new VideoElement { SourceUrl = silent, Time = 2, OutPoint = 0.4 });
        scene = scene with { Elements = [.. scene.Elements, new VideoElement { Id = "third", SourceUrl = silent, Time = 2 }], Transitions = [.. scene.Transitions, Dissolve("to", "third")] };
        await AssertLoudAsync(scene, (1.9, 1), (2.6, 0.4));
    }

    [Test]
    public async Task Within_a_composition_that_goes_meanwhile_it_falls_twice()
    {
        var (tone, silent) = (Make("tone.mp4", 3), Make("silent.mp4", 2, ""));
        var inner = Scene(new VideoElement { SourceUrl = tone }, new VideoElement { SourceUrl = silent, Time = 2 });
        var scene = Scene(new CompositionElement { Duration = 3, Elements = inner.Elements, Transitions = inner.Transitions }, new VideoElement { SourceUrl = silent, Time = 2 });
        await AssertLoudAsync(scene, (1.9, 1), (2.5, 0.25));
    }

    /// <summary>Each of its own goes with a transition's that ends with it: the longer one is heard.</summary>
    [TestCase(0.5, 2.5, 0.5)]
    [TestCase(2, 2.5, 0.25)]
    public async Task A_fade_of_its_own_that_ends_together_is_not_heard_twice(double fade, double at, double volume)
    {
        var (tone, silent) = (Make("tone.mp4", 3), Make("silent.mp4", 2, ""));
        await AssertLoudAsync(Scene(new VideoElement { SourceUrl = tone, FadeOutDuration = fade }, new VideoElement { SourceUrl = silent, Time = 2 }), (at, volume));
    }

    static CreateRenderRequest Scene(VisualElement first, VisualElement second) => new()
    {
        Width = 64,
        Height = 48,
        Elements = [first with { Id = "from" }, second with { Id = "to" }],
        Transitions = [Dissolve("from", "to")],
    };

    static SceneTransition Dissolve(string from, string to) => new() { Type = "cross_dissolve", Duration = 1, FromId = from, ToId = to };

    string Make(string name, double seconds, string sound = "0.5*sin(880*PI*t)|0.5*sin(880*PI*t)") => studio.Make(name, FormattableString.Invariant(
        $"-f lavfi -i color=gray:s=64x48:r=25:d={seconds} {(sound.Length > 0 ? $"-f lavfi -i aevalsrc={sound}:s=48000:d={seconds} -c:a aac -b:a 256k" : "")} -c:v libx264 -pix_fmt yuv420p"));

    async Task AssertLoudAsync(CreateRenderRequest scene, params (double At, double Volume)[] expected)
    {
        var output = await studio.RenderAsync(scene);
        Assert.That(output.Warnings, Is.All.StartsWith("The transition"), "of its sources there is nothing to say");
        var (left, _) = studio.Sound(output.Path);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (at, volume) in expected)
                Assert.That(left[(int)((at - 0.01) * 48_000)..(int)((at + 0.01) * 48_000)].Max(Math.Abs) / Loud, Is.EqualTo(volume).Within(0.05), $"at {at}");
        }
    }
}
