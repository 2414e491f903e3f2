using System.Collections;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

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
        var element = Image() with { Effects = new Listed([new() { Type = "unknown" }], cancel.Cancel) };
        Assert.That(() => RenderAsync(isSheet, element), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Before_the_next_picture([Values] bool isSheet)
    {
        var isDrawn = false;
        var front = Image() with { Effects = new Listed([new() { Type = "grain", Intensity = 0 }], () => isDrawn = true) };
        var behind = Image() with { Effects = new Listed([new() { Type = "grain", Intensity = 0 }], cancel.Cancel) };
        Assert.That(() => RenderAsync(isSheet, front, behind), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(isDrawn, Is.False);
    }

    // Smaller than the canvas: one that covers it is looked at before anything is drawn.
    ImageElement Image() => new() { SourceUrl = studio.Use("a.png"), Duration = 1, Width = Dimension.Percent(50) };

    Task<RenderOutput> RenderAsync(bool isSheet, params SceneElement[] elements)
    {
        studio.Make("a.png", "-f lavfi -i testsrc=s=32x32 -frames:v 1");
        return studio.RenderAsync(new() { Width = 64, Height = 48, OutputFormat = OutputFormat.Png, Elements = elements }, isSheet ? new(1, 1) : null, cancel.Token);
    }

    /// <summary>Tells when it is read.</summary>
    sealed class Listed(IReadOnlyList<SceneEffect> effects, Action read) : IReadOnlyList<SceneEffect>
    {
        public int Count => effects.Count;

        public SceneEffect this[int index] => effects[index];

        public IEnumerator<SceneEffect> GetEnumerator()
        {
            read();
            return effects.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
