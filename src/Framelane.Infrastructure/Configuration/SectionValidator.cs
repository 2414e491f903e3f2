using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Finds all that is wrong with a section, and names the key of each.</summary>
abstract class SectionValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] failures = [.. Failures(options).Select(failure => $"{section}:{failure}.")];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <returns>Sentences without their ends, which begin with the key below the section.</returns>
    protected abstract IEnumerable<string> Failures(TOptions options);
}
