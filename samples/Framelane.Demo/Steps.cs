namespace Framelane.Demo;

/// <summary>Prints what is done, one numbered line a step, and ends the demo at the first that fails.</summary>
sealed class Steps(TextWriter output)
{
    int number;

    /// <exception cref="InvalidOperationException">It does not hold, and the step has failed.</exception>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }

    public void Say(string text) => output.WriteLine($"{Environment.NewLine}{text}");

    /// <param name="what">What the step shows, as a sentence.</param>
    /// <param name="step">Does it; gives what there is to tell of it, or null.</param>
    /// <exception cref="StepFailedException">It failed, and that was printed.</exception>
    public async Task RunAsync(string what, Func<Task<string?>> step)
    {
        number++;
        try
        {
            var detail = await step();
            output.WriteLine($" {number,2} ✓ {what}{(detail is null ? "" : $": {detail}")}");
        }
        catch (Exception failure) when (failure is not StepFailedException)
        {
            output.WriteLine($" {number,2} ✗ {what}");
            output.WriteLine($"      {Explain(failure)}");
            throw new StepFailedException(what, failure);
        }
    }

    public Task RunAsync(string what, Action step) => RunAsync(what, () =>
    {
        step();
        return Task.FromResult<string?>(null);
    });

    static string Explain(Exception failure) => failure switch
    {
        Client.FramelaneApiException refused => $"The API answered {refused.StatusCode} {refused.Code}: {FirstLine(refused.Message)}",
        HttpRequestException unreachable => $"The API cannot be reached: {unreachable.Message}",
        _ => FirstLine(failure.Message),
    };

    static string FirstLine(string text) => text.Split('\n', 2)[0];
}

sealed class StepFailedException(string step, Exception inner) : Exception(step, inner);
