using Framelane.Client;

namespace Framelane.Gallery;

/// <summary>An entry of the catalogue, shown.</summary>
/// <param name="Family">What the capabilities call its section.</param>
/// <param name="Name">Its name in requests.</param>
/// <param name="Clip">What its clip shows.</param>
/// <param name="Stills">What the sheet shows of it, from left to right.</param>
sealed record Specimen(string Family, string Name, Shot Clip, IReadOnlyList<Still> Stills);

/// <summary>Elements and transitions that fill a canvas of <see cref="Width"/> × <see cref="Height"/> for <see cref="Length"/> seconds.</summary>
/// <param name="Elements">Made anew for each use, as one scene may hold many shots: with the beginning of their ids.</param>
/// <param name="Transitions">Likewise.</param>
sealed record Shot(Func<string, SceneElement[]> Elements, Func<string, SceneTransition[]> Transitions)
{
    public const int Width = 480, Height = 270;

    public const double Length = 3;

    public static Shot Of(Func<string, SceneElement[]> elements) => new(elements, _ => []);
}

/// <param name="Instant">Seconds from the shot's beginning.</param>
sealed record Still(Shot Shot, double Instant);
