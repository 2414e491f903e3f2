using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Domain.Signups;

namespace Framelane.Application.Signups;

static class SignupRules
{
    public static void MustBeEmail<T>(this IRuleBuilderInitial<T, string> rule, IEmailAddresses addresses) => rule
        .Cascade(CascadeMode.Stop)
        .NotEmpty()
        .MaximumLength(EmailAddress.MaxLength)
        .Must(text => addresses.TryParse(text) is not null)
        .WithErrorCode("email_invalid")
        .WithMessage("Not a mail address: it has the form name@example.com, without a display name.");
}
