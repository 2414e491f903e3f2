using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions.Finishes;

namespace Framelane.Rendering.Timelines;

/// <summary>What is drawn at one instant, back to front.</summary>
/// <param name="Time">Seconds from the timeline's beginning.</param>
public sealed record FramePlan(int Width, int Height, double Time, IReadOnlyList<PlannedPicture> Pictures)
{
    /// <summary>Every layer that is drawn, with those within compositions and transitions.</summary>
    public IEnumerable<PlannedLayer> Layers => Pictures.SelectMany(Within);

    static IEnumerable<PlannedLayer> Within(PlannedPicture picture) => picture switch
    {
        PlannedLayer layer => [layer, .. layer.Nested?.Layers ?? []],
        PlannedTransition transition => transition.Sides.SelectMany(Within),
        _ => [],
    };
}

public abstract record PlannedPicture
{
    /// <returns>What is seen of it where nothing lies behind it, for there what is clipped is not; null where nothing is.</returns>
    public abstract PlannedPicture? Unclipped();
}

/// <param name="SourceTime">The second of its source that is shown.</param>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Nested">What a composition shows.</param>
public sealed record PlannedLayer(Layer Layer, double SourceTime, Placement Placement, double Opacity, FramePlan? Nested) : PlannedPicture
{
    public VisualElement Element => Layer.Element;

    /// <summary>What its motions do to the drawn picture; null where it stays as it is.</summary>
    public Finish? Finish { get; init; }

    public override PlannedLayer? Unclipped() => Element.Clip ? null : this;
}

/// <summary>Two pictures as one; a side that is not there is transparent.</summary>
/// <param name="Type">Its name in the registry of transitions.</param>
/// <param name="Progress">0 shows the first alone, 1 the second.</param>
public sealed record PlannedTransition(string Type, double Progress, PlannedPicture? From, PlannedLayer? To) : PlannedPicture
{
    /// <summary>Those that its first side is made of, and itself: the first of them first. A loop finds them, for a scene may have hundreds.</summary>
    public IReadOnlyList<PlannedTransition> Chain
    {
        get
        {
            List<PlannedTransition> chain = [];
            for (PlannedPicture? picture = this; picture is PlannedTransition transition; picture = transition.From)
                chain.Add(transition);
            chain.Reverse();
            return chain;
        }
    }

    /// <summary>The layers that are there, in the order in which they give way to each other.</summary>
    public IReadOnlyList<PlannedLayer> Sides
    {
        get
        {
            var chain = Chain;
            return [.. chain.Select(each => each.To).Prepend(chain[0].From as PlannedLayer).OfType<PlannedLayer>()];
        }
    }

    /// <returns>Null where neither side is there.</returns>
    public static PlannedTransition? Of(string type, double progress, PlannedPicture? from, PlannedLayer? to) =>
        from is null && to is null ? null : new(type, progress, from, to);

    public override PlannedPicture? Unclipped()
    {
        var chain = Chain;
        var from = chain[0].From?.Unclipped();
        foreach (var each in chain)
            from = Of(each.Type, each.Progress, from, each.To?.Unclipped());
        return from;
    }
}
