using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Common;

namespace Framelane.Application.Renders.Preview;

public static class PreviewErrors
{
    /// <summary>Seconds after which a place may be free.</summary>
    const int Soon = 2;

    public static readonly Error AllOfYours = new BusyError("rate_limited", "The workspace has as many previews made as it may at once.", Soon);

    public static readonly Error AllTaken = new BusyError("unavailable", "There is no place for another preview at the moment.", Soon);

    public static readonly Error NoPrograms = new("unavailable", "The programs that previews are made with do not run at the moment. Try again later.");

    public static Error TooSlow(TimeSpan limit) => new(
        MediaErrorCodes.RenderTimeout, string.Create(CultureInfo.InvariantCulture, $"The preview was not made within {limit.TotalSeconds:0.###} s. Ask for less, or for a draft."));

    /// <summary>What a job would fail with, at the place in the scene that it names.</summary>
    public static Error Of(MediaException failure) => new ValidationError([new(SceneFault.LocOf(failure.Place), failure.Message, failure.Code)]);

    /// <param name="loc">Where the instant was named.</param>
    /// <param name="end">Seconds.</param>
    public static Error AfterTheEnd(IReadOnlyList<object> loc, double at, double end) => new ValidationError(
    [
        new(loc, string.Create(CultureInfo.InvariantCulture, $"Must be between 0 and {end}, the end."), "out_of_range", at, new Dictionary<string, object?> { ["ge"] = 0d, ["le"] = end }),
    ]);

    /// <param name="end">Seconds, of a draft.</param>
    public static Error TooLong(double end) => new ValidationError(
    [
        new(["body", "duration"], FormattableString.Invariant($"A draft lasts at most {CreateRenderRequest.MaxSeconds} s."), "out_of_range", end, new Dictionary<string, object?> { ["le"] = CreateRenderRequest.MaxSeconds }),
    ]);
}
