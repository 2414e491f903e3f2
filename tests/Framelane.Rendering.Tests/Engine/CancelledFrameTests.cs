using System.Collections;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>A frame may have any number of pictures and changes: a render that is cancelled ends within it.</summary>
public sealed class CancelledFrameTests
{
    readonly Studio studio = new();
    readonly CancellationTokenSource cancel = new();

    [TearDown]
    public void Clean()
    {
        studio.Dispose();
        cancel.Dispose();
    }

    [Test]
    public void Before_the_next_change_of_a_picture([Values] bool isSheet)
    {
        // A change that is not known fails otherwise.
        var element = Image() with { Effects = new Listed<SceneEffect>([new() { Type = "unknown" }], cancel.Cancel) };
        Assert.That(() => RenderAsync(isSheet, element), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Before_the_next_picture([Values] bool isSheet)
    {
        var isDrawn = false;
        var front = Image() with { Effects = new Listed<SceneEffect>([new() { Type = "grain", Intensity = 0 }], () => isDrawn = true) };
        var behind = Image() with { Effects = new Listed<SceneEffect>([new() { Type = "grain", Intensity = 0 }], cancel.Cancel) };
        Assert.That(() => RenderAsync(isSheet, front, behind), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(isDrawn, Is.False);
    }

    // At 0 nothing of what moves is seen yet, so that no glyph ends it either.
    [TestCase("explode", 0)]
    [TestCase("slide_up", 0)]
    [TestCase(null, 5, Description = "at rest")]
    public void Before_the_next_character_of_a_text(string? motion, double at)
    {
        var isPlanned = false;
        var text = new TextElement
        {
            Text = "a b c",
            Duration = 10,
            Motion = motion is null ? [] : [new ElementMotion { Type = motion, Duration = 10, Scope = MotionScope.Character }],
            // Read when the text is set, which is within the frame.
            WordAnimation = new() { Style = WordAnimationStyle.Glow, Words = new Listed<CaptionWord>([new() { Text = "b", Start = 0, End = 1 }], () => Cancel(isPlanned)) },
        };
        // Straight on the pixels: nobody asks how far it reaches, so that it is looked up once, before it is set.
        Assert.That(() => Draw(at, takesPlanes: false, () => isPlanned = true, text), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Before_the_next_text_is_set()
    {
        var (isPlanned, isSet) = (false, false);
        TextElement Text(Action read) => new()
        {
            Text = "a", Duration = 10, Width = Dimension.Percent(10),
            WordAnimation = new() { Style = WordAnimationStyle.Glow, Words = new Listed<CaptionWord>([new() { Text = "a", Start = 0, End = 1 }], read) },
        };

        // How far each reaches is asked of the foremost first, where planes may show through.
        Assert.That(() => Draw(5, takesPlanes: true, () => isPlanned = true, Text(() => Cancel(isPlanned)), Text(() => isSet |= isPlanned)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(isSet, Is.False);
    }

    void Cancel(bool isPlanned)
    {
        if (isPlanned)
            cancel.Cancel();
    }

    void Draw(double at, bool takesPlanes, Action planned, params SceneElement[] elements)
    {
        var scene = new CreateRenderRequest { Width = 64, Height = 48, Elements = elements };
        var plan = Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(at);
        planned();
        using var pictures = new Pictures();
        using var target = new CanvasFrame(64, 48, takesPlanes);
        using var compositor = new Compositor(scene, cancellationToken: cancel.Token);
        compositor.Draw(plan, pictures, target);
    }

    // Smaller than the canvas: one that covers it is looked at before anything is drawn.
    ImageElement Image() => new() { SourceUrl = studio.Use("a.png"), Duration = 1, Width = Dimension.Percent(50) };

    Task<RenderOutput> RenderAsync(bool isSheet, params SceneElement[] elements)
    {
        studio.Make("a.png", "-f lavfi -i testsrc=s=32x32 -frames:v 1");
        return studio.RenderAsync(new() { Width = 64, Height = 48, OutputFormat = OutputFormat.Png, Elements = elements }, isSheet ? new(1, 1) : null, cancel.Token);
    }

    /// <summary>Tells when it is read.</summary>
    sealed class Listed<T>(IReadOnlyList<T> all, Action read) : IReadOnlyList<T>
    {
        public int Count => all.Count;

        public T this[int index] => all[index];

        public IEnumerator<T> GetEnumerator()
        {
            read();
            return all.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
