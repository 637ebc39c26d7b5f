namespace Sojourn.Server.Outreach;

/// <summary>What a project can send before it wrote anything itself.</summary>
public static class StarterTemplates
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new("email-en", "You left something", MessageTemplate.Email, "en",
            "Your order is waiting, {{first_name|hello}}",
            """
            Hello {{first_name|there}},

            you began an order for {{product|something in our shop}} and did not finish it. It is
            still here: {{recovery_link|just answer this mail and we do the rest}}

            Is something unclear? Answer this mail, a person reads it.

            {{shop|Your shop}}
            """),
        new("email-fr", "Votre commande", MessageTemplate.Email, "fr",
            "Votre commande vous attend",
            """
            Bonjour {{first_name|à vous}},

            vous avez commencé une commande ({{product|dans notre boutique}}) sans la terminer.
            Elle est toujours là : {{recovery_link|répondez à ce message, nous nous en occupons}}

            Une question ? Répondez à ce message, une personne vous lit.

            {{shop|Votre boutique}}
            """),
        new("email-ar", "طلبك في الانتظار", MessageTemplate.Email, "ar",
            "طلبك في انتظارك",
            """
            مرحبًا {{first_name|بك}}،

            بدأت طلبًا ({{product|من متجرنا}}) ولم تكمله، وما زال محفوظًا:
            {{recovery_link|أجب عن هذه الرسالة وسنتولى الباقي}}

            هل لديك سؤال؟ أجب عن هذه الرسالة، وسيقرؤها أحدنا.

            {{shop|متجرك}}
            """),
        new("whatsapp-ar", "سؤال عن طلبك", MessageTemplate.WhatsApp, "ar", "",
            "مرحبًا {{first_name|بك}}، معك {{agent|فريق المتجر}} من {{shop|المتجر}}. رأينا أنك لم "
            + "تكمل طلب {{product|منتجك}}. هل يمكننا المساعدة؟"),
        new("whatsapp-fr", "Une question ?", MessageTemplate.WhatsApp, "fr", "",
            "Bonjour {{first_name|à vous}}, ici {{agent|l'équipe}} de {{shop|la boutique}}. Vous "
            + "n'avez pas terminé votre commande ({{product|votre article}}). Une question ?"),
        new("whatsapp-en", "Can we help?", MessageTemplate.WhatsApp, "en", "",
            "Hello {{first_name|there}}, this is {{agent|the team}} of {{shop|the shop}}. You did "
            + "not finish your order of {{product|your item}}. Can I help?"),
        new("sms-en", "Short reminder", MessageTemplate.Sms, "en", "",
            "{{shop|Your shop}}: your order of {{product|your item}} is still open. "
            + "{{recovery_link|Answer to finish it.}}"),
    ];
}
